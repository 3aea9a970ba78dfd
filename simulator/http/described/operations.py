"""Connexion operations, compiled: one middleware that routes and answers whole requests.

Connexion loads the description, resolves each operation's handler and builds its operation
objects; this middleware stands where its routing, security, validation and response layers would
stand, with everything that they work out per request worked out once.
"""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from pathlib import Path
from typing import Any

from connexion.middleware import ConnexionMiddleware
from connexion.middleware.abstract import RoutedAPI, RoutedMiddleware
from connexion.middleware.main import API
from connexion.operations import AbstractOperation
from connexion.options import SwaggerUIOptions
from connexion.utils import yamldumper
from starlette.exceptions import HTTPException
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from simulator.http.described.api_pages import ApiPages
from simulator.http.described.plan import Plan
from simulator.http.described.routes import Routes
from simulator.http.described.specification import Described, load

Execute = Callable[[Plan, tuple[str, ...], Scope, Receive, Send], Awaitable[None]]
"""Answers a request for an operation with these path values."""

Beside = Mapping[str, Plan | None]
"""The methods of a path with their operations; None for those of a page."""

Decline = Callable[[Scope, Receive, Send, Beside | None], Awaitable[None]]
"""Answers a request that no operation takes; there are no methods for an unknown path."""


_DESCRIPTIONS = (".json", ".yaml")

_PAGE_METHODS: Beside = {"GET": None, "HEAD": None}


class CompiledAPI(RoutedAPI[Plan]):
    """The compiled operations of one description."""

    def __init__(
        self,
        *args: Any,
        space: str,
        keys: Mapping[str, str],
        any_case: bool,
        strict: bool,
        edition: str,
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self._edition = edition
        self._space = space
        self._any_case = any_case
        self._keys = keys
        self._strict = strict
        self._memo: dict[int, Any] = {}
        self.add_paths()

    def make_operation(self, operation: AbstractOperation) -> Plan:
        return Plan(
            operation,
            self._keys,
            self._memo,
            space=self._space,
            strict=self._strict,
            any_case=self._any_case,
            edition=self._edition,
        )


class CompiledOperations(RoutedMiddleware[CompiledAPI]):
    """Answers what an operation takes; leaves API pages to the next app, declines the rest."""

    api_cls = CompiledAPI

    def __init__(
        self,
        app: ASGIApp,
        *,
        execute: Execute,
        decline: Decline,
        space: str,
        keys: Mapping[str, str],
        slash_tolerant: bool,
        any_case: bool,
        strict: bool,
        pages: tuple[str, ...],
        aliases: Mapping[str, str],
        editions: Described,
    ) -> None:
        super().__init__(app)
        self._editions = editions
        self._any_case = any_case
        self._aliases = aliases
        self._space = space
        self._strict = strict
        self._execute = execute
        self._decline = decline
        self._keys = keys
        self._slash_tolerant = slash_tolerant
        self._pages = pages
        self._routes: Routes[Plan] = Routes()
        self.plans: list[Plan] = []

    def add_api(self, specification: Any, **kwargs: Any) -> CompiledAPI:
        """Compile the served edition, and beside it the others."""

        def compiled(edition: str, described: Any) -> CompiledAPI:
            return CompiledAPI(
                described,
                next_app=self.app,
                space=self._space,
                keys=self._keys,
                any_case=self._any_case,
                strict=self._strict,
                edition=edition,
                base_path=kwargs.get("base_path"),
                resolver=kwargs.get("resolver"),
            )

        served = self._editions.served
        others = (item for item in self._editions.each.items() if item[0] != served)
        api = compiled(served, specification)
        apis = [api, *(compiled(name, each) for name, each in others)]
        self._route(api.base_path, [plan for each in apis for plan in each.operations.values()])
        return api

    def _route(self, base_path: str, plans: list[Plan]) -> None:
        """Lay the ways to the operations; one that several editions have is that of the first."""
        routes: Routes[Plan] = Routes(slash_tolerant=self._slash_tolerant, any_case=self._any_case)
        for plan in plans:
            path = f"{base_path}{plan.path}"
            found = routes.find(path)
            known = None if found is None else found.methods.get(plan.method)
            if known is not None and known.name == plan.name:
                plan.editions = known.editions = {**known.editions, plan.edition: plan}
                for other in plan.editions.values():
                    other.editions = plan.editions
                continue
            self.plans.append(plan)
            routes.add(plan.method, path, plan)
        for plan in plans:
            found = routes.find(f"{base_path}{plan.path}")
            assert found is not None
            plan.beside = found.methods
        self._routes = routes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        match = self._routes.find(scope["path"])
        if match is None:
            path = scope["path"].lower() if self._any_case else scope["path"]
            path = self._aliases.get(path, path)
            if path.startswith(self._pages):
                await self._page({**scope, "path": path}, receive, send)
            else:
                await self._decline(scope, receive, send, None)
            return
        method: str = scope["method"]
        plan = match.methods.get("GET" if method == "HEAD" else method)
        if plan is None:
            await self._decline(scope, receive, send, match.methods)
            return
        await self._execute(plan, match.values, scope, receive, send)

    async def _page(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["method"] not in _PAGE_METHODS:
            await self._decline(scope, receive, send, _PAGE_METHODS)
            return
        try:
            page = scope["path"].endswith(_DESCRIPTIONS)
            described = self._editions.asked(scope) if page else None
        except KeyError as error:
            known = ", ".join(self._editions.each)
            detail = f"there is no edition {error.args[0]!r:.60}, there is {known}"
            told = {"type": "about:blank", "status": 404, "detail": detail}
            problem = JSONResponse(told, 404, media_type="application/problem+json")
            await problem(scope, receive, send)
            return
        if described is not None:
            await _description(scope, described.raw)(scope, receive, send)
            return
        # Starlette finds files below mounts only by the whole path, outer prefixes included.
        whole = {**scope, "path": scope["root_path"] + scope["path"]}
        try:
            await self.app(whole, receive, send)
        except HTTPException:
            await self._decline(scope, receive, send, None)


class CompiledApp:
    """A Connexion application of which the operations are compiled.

    Their short names begin with the name of the file `spec`. `ui_path` is where the API pages are,
    `spec_path` where they find the description; `aliases` are further paths of what is served, each
    with the path that it stands for. `editions` are the descriptions of an API that has several.
    """

    def __init__(
        self,
        spec: Path,
        *,
        execute: Execute,
        decline: Decline,
        keys: Mapping[str, str],
        slash_tolerant: bool = True,
        any_case: bool = False,
        strict: bool = False,
        base_path: str = "",
        ui_path: str = "/ui",
        spec_path: str = "/openapi.json",
        aliases: Mapping[str, str] | None = None,
        editions: Described | None = None,
    ) -> None:
        holder: list[CompiledOperations] = []
        described = editions or Described.alone(load(spec))

        def compiled(app: ASGIApp) -> CompiledOperations:
            operations = CompiledOperations(
                app,
                execute=execute,
                decline=decline,
                space=spec.stem,
                keys=keys,
                slash_tolerant=slash_tolerant,
                any_case=any_case,
                strict=strict,
                aliases=aliases or {},
                editions=described,
                pages=(f"{base_path}{ui_path}", f"{base_path}{spec_path.removesuffix('json')}"),
            )
            holder.append(operations)
            return operations

        middleware = ConnexionMiddleware(
            _nothing,
            middlewares=[compiled, ApiPages],
            swagger_ui_options=SwaggerUIOptions(
                swagger_ui_path=ui_path,
                spec_path=spec_path,
                swagger_ui_template_arguments={"space": spec.stem},
            ),
        )
        # `add_api` takes files and dictionaries only and would validate and copy them.
        options = vars(middleware.options)
        middleware.apis.append(API(described.usual, base_path=base_path, **options))
        self._stack, _ = middleware._build_middleware_stack()
        self.operations = holder[0]
        for each in described.each.values():
            each.settle()

    @property
    def plans(self) -> list[Plan]:
        """The compiled operations."""
        return self.operations.plans

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        await self._stack(scope, receive, send)


def _description(scope: Scope, raw: dict[str, Any]) -> Response:
    if scope["path"].endswith(".json"):
        return JSONResponse(raw)
    return Response(yamldumper(raw), media_type="text/yaml")


async def _nothing(scope: Scope, receive: Receive, send: Send) -> None:
    """Stands behind the API pages: what they do not have, nobody has."""
    raise HTTPException(404)
