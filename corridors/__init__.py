"""What follows: network, routes, distances, bottlenecks and treaty relations of the corridors."""

import lazy_loader as _lazy

__getattr__, __dir__, __all__ = _lazy.attach(
    __name__,
    submod_attrs={
        "bottleneck": ["Bottleneck", "BottleneckReport"],
        "bottlenecks": ["find_bottlenecks"],
        "corridor_names": ["corridor_ends", "find_corridor"],
        "distances": ["Distance", "measure", "measure_corridor"],
        "errors": ["AmbiguousNameError", "InputError", "NoRouteError"],
        "network": ["Network", "build_network"],
        "places": ["Endpoint", "resolve_place"],
        "following": ["find_corridor_route", "find_route_over"],
        "route": ["Route"],
        "routing": ["find_route"],
        "scenarios": ["assume_open"],
        "treaty": ["ArticleView", "TreatyView", "read_treaty"],
    },
)
