"""How is it shown: pages of one file each, drawn from results and computing nothing."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "bundle": ["build_bundle", "ensure_bundle", "load_assets"],
        "errors": ["BundleError", "PageError", "StaleBundleError"],
        "page": ["render_index", "render_page", "write_page"],
    },
)
