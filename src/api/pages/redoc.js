Redoc.init('/openapi.json', { hideDownloadButton: true }, document.getElementById('page'));
