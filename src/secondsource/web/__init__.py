"""Pages and a JSON API of one case book, on this machine only.

serve(path, book=None, port=0, opened=print)          until stopped; `opened` gets the link that works once
create(path, book, token, port) -> FastAPI            the application, for tests and other servers
"""

from secondsource.web.app import create, serve

__all__ = ["create", "serve"]
