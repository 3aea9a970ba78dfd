"""The yardstick: a bare Starlette application that answers fixed bytes from files.

    python benchmarks/reference.py PORT FOLDER

The folder holds `shipment.json` (InPost) and `ids.json`, `many_ids.json` (MyParcel); any other
`NAME.bytes` in it is answered to `/bare/NAME`.

It routes, reads the body of a POST and answers, and does nothing else.
"""

from __future__ import annotations

import sys
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_JSON = "application/json; charset=utf-8"


def application(folder: Path) -> Starlette:
    """Answers with the bytes of the files."""
    shipment, ids, many_ids = (
        (folder / name).read_bytes() for name in ("shipment.json", "ids.json", "many_ids.json")
    )
    others = {path.stem: path.read_bytes() for path in folder.glob("*.bytes")}

    async def read(request: Request) -> Response:
        return Response(shipment, media_type=_JSON)

    async def create(request: Request) -> Response:
        await request.body()
        return Response(shipment, status_code=201, media_type=_JSON)

    async def post(request: Request) -> Response:
        await request.body()
        return Response(ids, media_type=_JSON)

    async def post_many(request: Request) -> Response:
        await request.body()
        return Response(many_ids, media_type=_JSON)

    async def bare(request: Request) -> Response:
        await request.body()
        return Response(others[request.path_params["name"]], media_type=_JSON)

    return Starlette(
        routes=[
            Route("/bare/{name}", bare, methods=["GET", "POST", "PUT"]),
            Route("/v1/shipments/{shipment_id}", read),
            Route("/v1/organizations/{organization_id}/shipments", create, methods=["POST"]),
            Route("/shipments", post, methods=["POST"]),
            Route("/many/shipments", post_many, methods=["POST"]),
        ]
    )


if __name__ == "__main__":
    uvicorn.run(
        application(Path(sys.argv[2])),
        host="127.0.0.1",
        port=int(sys.argv[1]),
        access_log=False,
        log_level="warning",
    )
