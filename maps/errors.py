"""Errors of the pages: each says what, where and what to do next."""

from geodata.errors import CorridorsError

__all__ = ["BundleError", "PageError", "StaleBundleError"]


class BundleError(CorridorsError, RuntimeError):
    """The script, style and base map of the pages could not be built or read."""


class StaleBundleError(BundleError):
    """The built script is not the one that the sources in this checkout would give."""


class PageError(CorridorsError, ValueError):
    """A payload that no page can be made of."""
