"""Which unit, body and post existed when, what became of it, and who may say so.

For other programs: ``Resolver`` reads addresses, ``code_on`` takes codes from day to day,
``Registry`` answers for every unit. Nothing here needs Django, a disk or a network; the names and
facts come from ``thongsuot.apps.registry.sources_address`` and ``sources_registry``.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from thongsuot.rules.registry.address import Found, Gazetteer, Reading, Resolver
    from thongsuot.rules.registry.codes import CodeAnswer, CodeThen, code_on
    from thongsuot.rules.registry.registry import Registry

__all__ = [
    "CodeAnswer",
    "CodeThen",
    "Found",
    "Gazetteer",
    "Reading",
    "Registry",
    "Resolver",
    "code_on",
]

_WHERE = {"code_on": "codes", "CodeAnswer": "codes", "CodeThen": "codes", "Registry": "registry"}


def __getattr__(name: str) -> Any:
    """The names above, read only when asked for: most who come here want one module."""
    if name not in __all__:
        raise AttributeError(name)
    module = import_module(f"{__name__}.{_WHERE.get(name, 'address')}")
    return getattr(module, name)
