export { baseImages, type BaseImage } from './base-images.ts'
