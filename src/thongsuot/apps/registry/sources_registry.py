"""The registry straight from its sources, without a database."""

from thongsuot.apps.registry.sources import read
from thongsuot.apps.registry.sources_facts import facts_of
from thongsuot.rules.registry.registry import Registry


def registry_from_sources() -> Registry:
    """Every unit with its lineage, read from the installed packages and the overlay.

    Raises UnreadableSourceError when a source is missing or another version.
    """
    return Registry(facts_of(read()))
