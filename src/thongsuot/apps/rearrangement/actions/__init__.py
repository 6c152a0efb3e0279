"""Everything that is done with a scheme: one function, one act, one entry."""

from thongsuot.apps.rearrangement.actions.carrying import begin_carrying, carry_step, close_scheme
from thongsuot.apps.rearrangement.actions.options import (
    found_unit,
    keep_rest,
    make_option,
    set_fates,
    unfound_unit,
)
from thongsuot.apps.rearrangement.actions.schemes import (
    approve_scheme,
    ask_opinions,
    drop_scheme,
    give_opinion,
    make_scheme,
    send_back_scheme,
    submit_scheme,
)
from thongsuot.apps.rearrangement.actions.units import (
    add_owners,
    bring_known_units,
    drop_unit,
    put_unit,
    send_units,
)

__all__ = [
    "add_owners",
    "approve_scheme",
    "ask_opinions",
    "begin_carrying",
    "bring_known_units",
    "carry_step",
    "close_scheme",
    "drop_scheme",
    "drop_unit",
    "found_unit",
    "give_opinion",
    "keep_rest",
    "make_option",
    "make_scheme",
    "put_unit",
    "send_back_scheme",
    "send_units",
    "set_fates",
    "submit_scheme",
    "unfound_unit",
]
