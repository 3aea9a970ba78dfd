"""The API pages: Swagger UI in a page of our own, with a title, landmarks and names."""

from __future__ import annotations

from pathlib import Path
from typing import Any
from urllib.parse import urlencode

from connexion.middleware.swagger_ui import SwaggerUIAPI, SwaggerUIMiddleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.templating import Jinja2Templates

_TEMPLATES = Jinja2Templates(directory=str(Path(__file__).parent))


class ApiPage(SwaggerUIAPI):
    """The page of one description; scripts and styles are those that Swagger UI comes with."""

    async def _get_swagger_ui_home(self, request: Request) -> Response:
        prefix = self._base_path_for_prefix(request)
        space = self.options.swagger_ui_template_arguments["space"]
        edition = request.query_params.get("edition")
        asked = "" if edition is None else f"?{urlencode({'edition': edition})}"
        outer = prefix.removesuffix(self.base_path).removesuffix(f"/{space}")
        told = {
            "title": self.specification["info"]["title"],
            "openapi_spec_url": prefix + self.options.openapi_spec_path + asked,
            # Whichever way the page was reached, a carrier's own host included.
            "start_url": f"{outer}/_sim/",
        }
        return _TEMPLATES.TemplateResponse(request, name="api_page.html", context=told)


class ApiPages(SwaggerUIMiddleware):
    """Serves the page and the description of each API that is added."""

    def add_api(
        self,
        specification: Any,
        base_path: str | None = None,
        arguments: dict[str, Any] | None = None,
        **options: Any,
    ) -> None:
        page = ApiPage(
            specification,
            base_path=base_path,
            arguments=arguments,
            default=self.default_fn,
            **options,
        )
        self.router.mount(page.base_path, app=page.router)
