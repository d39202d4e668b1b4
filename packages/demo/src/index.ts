export { baseImages, type BaseImage } from './base-images.ts'
export { places, type Place } from './places.ts'
export { rbacOf, rolesOfTheShop } from './rights.ts'
