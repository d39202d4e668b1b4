export const id = 745;
export const ids = [745];
export const modules = {

/***/ 2745:
/***/ ((__unused_webpack_module, __webpack_exports__, __webpack_require__) => {

__webpack_require__.r(__webpack_exports__);
/* harmony export */ __webpack_require__.d(__webpack_exports__, {
/* harmony export */   declaredPaths: () => (/* binding */ declaredPaths)
/* harmony export */ });
/* harmony import */ var _slipway_action_host__WEBPACK_IMPORTED_MODULE_2__ = __webpack_require__(2565);
/* harmony import */ var _slipway_project__WEBPACK_IMPORTED_MODULE_1__ = __webpack_require__(4285);
/* harmony import */ var _service_paths_js__WEBPACK_IMPORTED_MODULE_0__ = __webpack_require__(5259);



/** What belongs to a service, by the project file of the workspace. @throws Failed */
async function declaredPaths(service, workspace, projectFile) {
    return (0,_service_paths_js__WEBPACK_IMPORTED_MODULE_0__/* .pathsOf */ .wG)(service, (0,_slipway_project__WEBPACK_IMPORTED_MODULE_1__/* .parseProject */ .X)(await (0,_slipway_action_host__WEBPACK_IMPORTED_MODULE_2__/* .readProjectFile */ .S)(workspace, projectFile), projectFile), projectFile);
}


/***/ })

};
