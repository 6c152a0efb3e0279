"""Receipts in the story: the week's checkpoint, and an archive that has seen it and cosigned."""

import hashlib
from typing import TYPE_CHECKING

from thongsuot.apps.proof import actions, signing
from thongsuot.apps.proof.keys import OfficeHand
from thongsuot.rules.proof.checkpoint import COSIGNS, read_note

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

# The witness of the demonstration: its key is no secret and signs nothing but this story.
WITNESS = "luu-tru-lich-su.minh-hoa.vn"
SEED = hashlib.sha256("khóa minh họa, không có giá trị".encode()).digest()


def prove(teller: "Teller", transition: int) -> None:
    """Sign the log as it stands at the end of the week; the archive cosigns."""
    mark = signing.checkpoint_now(f"transition:{transition}", teller.at)
    if mark is None:
        return
    hand = OfficeHand(SEED)
    actions.name_witness(teller.act("khanh"), key=str(hand.key(WITNESS, COSIGNS)))
    line = hand.cosign(WITNESS, read_note(mark.note).text, int(teller.at.timestamp()))
    actions.keep_cosignature(teller.act("khanh"), checkpoint_id=mark.pk, line=str(line))
