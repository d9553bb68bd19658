"""What is known: the atlas of sourced facts, its schema, timeline, shapes and checks."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "atlas": ["Atlas", "Provenance", "load_atlas"],
        "check": ["check_atlas"],
        "errors": ["AtlasError", "CorridorsError", "Fault", "UnknownIdError"],
        "shape": ["Shape", "geodesic_km", "shape_of"],
        "status": ["STATUSES", "StatusInterval"],
        "table": ["Row", "Table"],
    },
)
