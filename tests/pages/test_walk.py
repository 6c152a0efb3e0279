"""The access walk: who may see each page is one table; everybody knocks at every door.

Every named address of the site has a row; an address without one fails the test. The answers are
those to a plain GET. Nothing of what the walk does may leave a trace in the trail.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from difflib import unified_diff
from typing import Any
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from tests.pages.authority import walk as authority_walk
from tests.pages.continuity import walk as continuity_walk
from tests.pages.custody import walk as custody_walk
from tests.pages.decisions import walk as decisions_walk
from tests.pages.difficulties import walk as difficulties_walk
from tests.pages.digitising import walk as digitising_walk
from tests.pages.directives import walk as directives_walk
from tests.pages.disclosure import walk as disclosure_walk
from tests.pages.guarding import walk as guarding_walk
from tests.pages.handover import walk as handover_walk
from tests.pages.handover.conftest import stage, story, story_day
from tests.pages.handover.stage import CAST, NOW, Stage, heads, keep_rule
from tests.pages.intake import walk as intake_walk
from tests.pages.oversight import walk as oversight_walk
from tests.pages.procedures import walk as procedures_walk
from tests.pages.proof import walk as proof_walk
from tests.pages.rearrangement import walk as rearrangement_walk
from tests.pages.registry import walk as registry_walk
from tests.pages.reporting import walk as reporting_walk
from tests.pages.settling import walk as settling_walk

from thongsuot.apps.handover import actions
from thongsuot.apps.registry.models import (
    Appointment,
    BodyVersion,
    LegalText,
    Neighbourhood,
    NeighbourhoodOfficer,
    Post,
    UnitVersion,
)
from thongsuot.foundation.files.store import keep
from thongsuot.foundation.imports.models import ImportBatch
from thongsuot.foundation.jobs.models import Job
from thongsuot.foundation.notices.models import Notice
from thongsuot.foundation.trail.models import Entry

__all__ = ["stage", "story", "story_day"]

pytestmark = pytest.mark.django_db
EVERYBODY = ("anonymous", *CAST)
Answers = dict[str, int]


def told(default: int, **others: int) -> Answers:
    """The same answer for everybody but those named; the door sends nobody in particular to sign in."""
    return {"anonymous": 302, **dict.fromkeys(CAST, default), **others}


ALL = dict.fromkeys(EVERYBODY, 200)
HIDDEN = dict.fromkeys(EVERYBODY, 404)
POSTED = dict.fromkeys(EVERYBODY, 405)  # acts: a GET does nothing
OWN = told(200)
PART = told(200, quantri=404, xa=404, het=404)  # has a part in the transition
ITEM = told(404, lan=200, minh=200, khanh=200, hang=200)  # confirmed for ward A
KEPT = told(404, lan=200, khanh=200, hang=200)  # held by the office, nobody confirmed
PAPER = told(404, lan=200, minh=200, khanh=200, hang=200)  # minutes of the office with ward A
LANS = told(404, lan=200)
EDITS = told(403, khanh=200, quantri=200)  # the registry: steering in its area, the operator


@dataclass(frozen=True)
class Things:
    """What the addresses of the walk point at."""

    item: int
    held: int
    minutes: int
    signed: int
    line: int
    batch: int
    job: int
    notice: int
    rule: int
    hood: int
    officer: int
    version: int
    office: int
    office_record: int
    post: int
    appointment: int
    more: Mapping[str, int]  # what the rooms with a table of their own made

    def get(self, name: str) -> object:
        """The number of a thing; what is no thing stands for itself."""
        return self.more.get(name, getattr(self, name, name))


Args = Callable[[Stage, Things], list[object]]


def none(_stage: Stage, _things: Things) -> list[object]:
    return []


def of(*names: str) -> Args:
    """Arguments by the names of things; what is no thing stands for itself."""

    def args(stage: Stage, things: Things) -> list[object]:
        return [things.get(name) for name in names]

    return args


def here(*names: str) -> Args:
    """The transition, then things by name."""

    def args(stage: Stage, things: Things) -> list[object]:
        return [stage.story.transition, *(things.get(name) for name in names)]

    return args


def body(name: str, *more: object, transition: bool = False) -> Args:
    def args(stage: Stage, _things: Things) -> list[object]:
        return ([stage.story.transition] if transition else []) + [stage.bodies[name], *more]

    return args


def person(stage: Stage, _things: Things) -> list[object]:
    return [stage.people["lan"].pk]


# Rooms whose doors stand in a table of their own: a module with ``rows()``, like WALK, and
# ``things(stage)``, numbers by name for ``of`` and ``here``.
WALKS: tuple[Any, ...] = (
    authority_walk,
    continuity_walk,
    custody_walk,
    decisions_walk,
    difficulties_walk,
    digitising_walk,
    disclosure_walk,
    directives_walk,
    guarding_walk,
    handover_walk,
    intake_walk,
    oversight_walk,
    procedures_walk,
    proof_walk,
    rearrangement_walk,
    registry_walk,
    reporting_walk,
    settling_walk,
)

WALK: dict[str, tuple[Args, Answers]] = {
    "desk:home": (none, told(200)),
    "desk:tokens": (none, OWN),
    "desk:token-make": (none, POSTED),
    "desk:token-revoke": (of("job"), POSTED),
    "demo:roles": (none, HIDDEN),  # only where DEMO is set: tests/pages/demo
    "demo:enter": (none, POSTED),
    "demo:play-on": (none, POSTED),
    # accounts
    "accounts:sign-in": (none, ALL),
    "accounts:sign-out": (none, POSTED),
    "accounts:confirm": (none, OWN),
    "accounts:password": (none, OWN),
    # the frame
    "ui:look": (none, POSTED),
    "ui:language": (none, POSTED),
    "ui:post": (none, POSTED),
    "ui:keys": (none, ALL),
    "ui:style": (none, ALL),  # shown while testing
    "ui:style-scene": (of("can-doi"), ALL),
    # what belongs to one person
    "jobs:list": (none, OWN),
    "jobs:one": (of("job"), LANS),
    "jobs:file": (of("job"), told(404)),  # this job has made no file
    "notices:list": (none, OWN),
    "notices:open": (of("notice"), POSTED),
    "notices:read-all": (none, POSTED),
    "notices:choices": (none, OWN),
    "tables:remember": (none, POSTED),
    "tables:save": (none, POSTED),
    "tables:delete": (none, POSTED),
    "tables:export": (none, POSTED),
    "imports:mine": (none, OWN),
    "imports:one": (of("batch"), LANS),
    "imports:answer": (of("batch"), POSTED),
    "imports:totals": (of("batch"), POSTED),
    "imports:fix": (of("batch"), POSTED),
    "imports:apply": (of("batch"), POSTED),
    "imports:drop": (of("batch"), POSTED),
    "imports:take-back": (of("batch"), POSTED),
    "imports:errors": (of("batch"), LANS),
    "imports:original": (of("batch"), LANS),
    # the units of the registry are public to read; who works where is for those signed in
    "registry:address": (none, ALL),
    "registry:country": (none, ALL),
    "registry:units": (none, ALL),
    "registry:unit": (of("quan-ha-dong"), ALL),
    "registry:bodies": (none, OWN),
    "registry:body": (body("office"), OWN),
    "registry:person": (person, OWN),
    "registry:law": (of("luat-minh-hoa"), ALL),
    "registry:search": (none, ALL),
    "registry:search-quick": (none, ALL),
    "registry:neighbourhood-template": (none, OWN),
    "registry:create-body": (of("quan-ha-dong"), EDITS),
    "registry:create-team": (of("quan-ha-dong"), EDITS),
    "registry:set-governance": (of("quan-ha-dong"), EDITS),
    "registry:correct-unit": (of("quan-ha-dong", "version"), EDITS),
    "registry:record-neighbourhood": (of("van-phuc"), EDITS),
    "registry:import-neighbourhoods": (of("van-phuc"), EDITS),
    "registry:record-officer": (of("van-phuc", "hood"), EDITS),
    "registry:end-officer": (of("van-phuc", "officer"), EDITS),
    "registry:change-head": (of("van-phuc", "hood"), EDITS),
    "registry:rename-body": (body("office"), EDITS),
    "registry:close-body": (body("office"), EDITS),
    "registry:merge-bodies": (body("office"), EDITS),
    "registry:move-body": (body("office"), EDITS),
    "registry:create-post": (body("office"), EDITS),
    "registry:correct-body": (of("office", "office_record"), EDITS),
    "registry:end-post": (of("office", "post"), EDITS),
    "registry:appoint": (of("office", "post"), EDITS),
    "registry:end-appointment": (of("office", "appointment"), EDITS),
    # the handover
    "handover:transitions": (none, OWN),
    "handover:balance": (here(), PART),
    "handover:statement": (here("xlsx"), PART),
    "handover:items": (here(), PART),
    "handover:act": (here("chot"), POSTED),
    "handover:item": (here("item"), ITEM),
    "handover:split": (here("held"), told(404, lan=200, khanh=200, hang=403)),
    "handover:allocation": (here(), PART),
    "handover:propose": (here(), POSTED),
    "handover:write-rule": (here(), told(403, lan=200, khanh=200, quantri=404, xa=404, het=404)),
    "handover:retire-rule": (
        here("rule"),
        told(403, khanh=200, quantri=404, xa=404, het=404),
    ),
    "handover:minutes": (here(), PART),
    "handover:minutes-page": (here("minutes"), PAPER),
    "handover:count": (here("minutes"), POSTED),
    "handover:refuse": (
        here("minutes", "line"),
        told(404, lan=403, minh=200, khanh=403, hang=403),
    ),
    "handover:withdraw": (
        here("minutes"),
        told(404, lan=200, minh=403, khanh=403, hang=403),
    ),
    "handover:reopen": (
        here("minutes"),
        told(404, lan=200, minh=200, khanh=403, hang=403),
    ),
    "handover:correct": (
        here("signed"),
        told(404, lan=200, minh=200, khanh=403, hang=403),
    ),
    # the password was not given again: those who may sign are asked, the others refused
    "handover:sign": (
        here("minutes", "receiver"),
        told(404, lan=403, minh=302, khanh=403, hang=403),
    ),
    "handover:paper": (here("minutes", "docx"), PAPER),
    "handover:disputes": (here(), PART),
    "handover:dispute": (here("item"), told(404, lan=200, minh=200, khanh=403, hang=403)),
    "handover:imports": (here(), PART),
    "handover:bring": (
        here("asset"),
        told(403, lan=200, hoa=200, quantri=404, xa=404, het=404),
    ),
    "handover:template": (here("asset"), PART),
    "handover:closing": (here(), PART),
    "handover:lock": (here(), POSTED),
    "handover:close-body": (body("office", transition=True), PART),
}
ELSEWHERE = "api:"  # programs come with a token: tests/pages/api


def addresses(
    of_room: URLResolver | None = None, space: str = "", before: str = ""
) -> Iterator[tuple[str, str]]:
    """Every named address of the site, with its pattern."""
    for one in (of_room or get_resolver()).url_patterns:
        if isinstance(one, URLResolver):
            inside = f"{space}{one.namespace}:" if one.namespace else space
            yield from addresses(one, inside, before + str(one.pattern))
        elif isinstance(one, URLPattern):
            yield f"{space}{one.name}", before + str(one.pattern)


@pytest.fixture
def things(stage: Stage) -> Things:
    """One of everything: held, confirmed, on minutes, signed, imported, in work, told."""
    s = stage.story
    rule = keep_rule(s)
    minutes, ids = s.dispatched(3)
    signed = _signed(stage)
    free = actions.add_items(
        s.act(s.lan),
        transition_id=s.transition,
        giver_id=s.office,
        rows=[s.row(90), s.row(91)],
    )["items"]
    LegalText.objects.create(key="luat-minh-hoa", number="Luật minh họa")
    file = keep(b"ma;ten\n1;2\n", "tep.csv", by=s.lan)
    batch = ImportBatch.objects.create(
        kind="handover.asset",
        body=s.office,
        scope={"transition": s.transition, "givers": [s.office]},
        owner=stage.users["lan"].pk,
        owner_name="Trần Thị Lan",
        file=file,
        file_name="tep.csv",
        created_at=NOW,
    )
    job = Job.objects.create(
        kind="x", title="Việc dài", heavy=False, owner=stage.users["lan"], state="done"
    )
    notice = Notice.objects.create(user=stage.users["lan"], kind="x", title="Thông báo", at=NOW)
    hood = Neighbourhood.objects.create(
        unit=s.old_whole, name="Tổ 1", kind="to-dan-pho", folded="to 1",
        recorded_at=datetime(2025, 6, 1, tzinfo=UTC),
    )  # fmt: skip
    return Things(
        ids[0], free[0], minutes, signed, stage.lines(minutes)[0].pk, batch.pk, job.pk, notice.pk,
        rule, hood.pk, *_registry_records(stage, hood),
        _things_of_rooms(stage),
    )  # fmt: skip


def _things_of_rooms(stage: Stage) -> dict[str, int]:
    """Numbers by name, from every room; no two rooms call different things by one name."""
    found: dict[str, int] = {}
    for room in WALKS:
        made = room.things(stage)
        assert not (set(made) & (set(found) | set(Things.__dataclass_fields__))), room
        found |= made
    return found


def _registry_records(stage: Stage, hood: Neighbourhood) -> tuple[int, ...]:
    """Records of the registry that its forms point at: officer, versions, a post and who holds it."""
    s = stage.story
    officer = NeighbourhoodOfficer.objects.create(
        unit=s.old_whole, neighbourhood=hood.name, person=stage.people["hoa"], role="deputy",
        recorded_at=NOW,
    )  # fmt: skip
    held = Appointment.objects.create(
        person=stage.people["hoa"],
        post=Post.objects.create(body_id=s.office, title="Phó", role="clerk", recorded_at=NOW),
        status="official",
        recorded_at=NOW,
    )
    return (
        officer.pk,
        UnitVersion.objects.get(unit=s.place).pk,
        s.office,
        BodyVersion.objects.get(body=s.office).pk,
        held.post_id,
        held.pk,
    )


def _signed(stage: Stage) -> int:
    s = stage.story
    done = actions.add_items(
        s.act(s.lan), transition_id=s.transition, giver_id=s.office,
        rows=[s.row(50, kind="archive", measure="hộp")],
    )  # fmt: skip
    ids = list(done["items"])
    for to in (2, 3, 4):
        actions.advance_step(s.act(s.lan), transition_id=s.transition, to=to, choice={"ids": ids})
    s.give_to(s.ward, ids)
    made = actions.dispatch(s.act(s.lan), transition_id=s.transition, choice={"ids": ids})
    minutes = int(made["minutes"][0])
    s.count_all(minutes)
    s.sign(minutes, "giver")
    s.sign(minutes, "receiver")
    return minutes


for _room in WALKS:
    WALK.update(_room.rows())


def test_every_address_of_the_site_has_a_row_in_the_table() -> None:
    known = set(WALK)
    rooms = {name for name, _ in addresses()}
    assert {n for n in rooms - known if not n.startswith(ELSEWHERE)} == set()
    assert set(WALK) <= rooms


def test_everybody_gets_the_answer_of_the_table_at_every_door_and_nothing_changes(
    stage: Stage, things: Things
) -> None:
    before, rows = heads(), Entry.objects.count()
    wrong = []
    for name, (args, answers) in WALK.items():
        address = reverse(name, args=args(stage, things))
        for who in EVERYBODY:
            got = stage.as_(who).get(address).status_code
            if got != answers[who]:
                wrong.append(f"{name} {who}: {got} instead of {answers[who]}")
    assert not wrong, "\n".join(wrong)
    assert heads() == before
    assert Entry.objects.count() == rows


TOKENS = (
    r'name="csrf-token" content="[^"]+"',
    r'name="csrfmiddlewaretoken" value="[^"]+"',
    r'"X-CSRFToken": "[^"]+"',
    r'nonce="[^"]+"',
    r'name="key" value="[^"]+"',
    r"in lúc \d\d:\d\d \d\d/\d\d/\d{4}",  # a minute may pass between two requests
)


def bare(page: str, address: str, number: object) -> str:
    """A page without what differs from one request to the next, and without what was asked for."""
    for token in TOKENS:
        page = re.sub(token, "", page)
    page = re.sub(rf'(số |class="subject">){number}\b', r"\1N", page)
    return (
        page.replace(address, "HERE")
        .replace(quote(address, safe=""), "HERE")
        .replace(quote(address), "HERE")
    )


FOREIGN = 987_654
LAST_NUMBER = {  # door → who may not see what stands there, by the place of its number
    "handover:balance": 0, "handover:items": 0, "handover:allocation": 0, "handover:minutes": 0,
    "handover:disputes": 0, "handover:imports": 0, "handover:closing": 0, "handover:statement": 0,
    "handover:item": 1, "handover:split": 1, "handover:dispute": 1, "handover:minutes-page": 1,
    "handover:refuse": 1, "handover:withdraw": 1, "handover:reopen": 1, "handover:correct": 1,
    "handover:sign": 1, "handover:paper": 1, "imports:one": 0, "imports:errors": 0,
    "imports:original": 0, "jobs:one": 0,
}  # fmt: skip


def test_what_may_not_be_seen_answers_exactly_as_what_does_not_exist(
    stage: Stage, things: Things
) -> None:
    wrong = []
    for name, at in LAST_NUMBER.items():
        args, answers = WALK[name]
        real = args(stage, things)
        absent = [*real[:at], FOREIGN, *real[at + 1 :]]
        for who in (w for w in EVERYBODY if answers[w] == 404):
            here, there = reverse(name, args=real), reverse(name, args=absent)
            seen, nothing = stage.as_(who).get(here), stage.as_(who).get(there)
            one = bare(seen.content.decode(), here, real[at])
            other = bare(nothing.content.decode(), there, FOREIGN)
            if seen.status_code != nothing.status_code or one != other:
                lines = list(unified_diff(one.splitlines(), other.splitlines(), n=0, lineterm=""))
                wrong.append(f"{name} {who}: {lines[3:7]}")
    assert not wrong, "\n".join(wrong)


def test_no_door_takes_a_form_without_its_token(stage: Stage, things: Things) -> None:
    before, wrong = heads(), []
    for who in ("anonymous", "lan", "khanh"):
        client = Client(enforce_csrf_checks=True)
        if who != "anonymous":
            client.force_login(stage.users[who])
        for name, (args, _answers) in WALK.items():
            got = client.post(reverse(name, args=args(stage, things)), {"key": "x", "do": "1"})
            if got.status_code != 403:
                wrong.append(f"{name} {who}: {got.status_code}")
    assert wrong == []
    assert heads() == before


DOERS: dict[str, set[str]] = {  # acts that a bare form (a key, a reason) would already carry out
    "handover:propose": {"lan", "hoa", "khanh"},
    "handover:withdraw": {"lan"},
    "handover:retire-rule": {"khanh"},
    "handover:refuse": {"minh"},
    "handover:dispute": {"lan", "minh"},
}


def test_a_form_sent_by_somebody_who_may_not_is_refused_and_leaves_nothing_behind(
    stage: Stage, things: Things
) -> None:
    before, rows, wrong = heads(), Entry.objects.count(), []
    for name, (args, _answers) in WALK.items():
        if not name.startswith("handover:"):
            continue
        address = reverse(name, args=args(stage, things))
        for who in set(EVERYBODY) - DOERS.get(name, set()):
            sent = {"key": f"k-{name}-{who}", "do": "1", "chon": things.held, "reason": "thử",
                    "authority": "thử", "side": "giver", "con-lai": "", "to": "held",
                    "receiver_id": stage.story.ward}  # fmt: skip
            got = stage.as_(who).post(address, sent).status_code
            if got >= 500 or (heads() != before):
                wrong.append(f"{name} {who}: {got}")
                before = heads()
    assert wrong == []
    assert Entry.objects.count() == rows


def test_no_page_of_the_handover_falls_over_an_odd_number(stage: Stage, things: Things) -> None:
    odd = [0, 2**31, 2**63 - 1, 2**63, 10**25]
    for name, at in LAST_NUMBER.items():
        args, _answers = WALK[name]
        real = args(stage, things)
        for number in odd:
            address = reverse(name, args=[*real[:at], number, *real[at + 1 :]])
            assert stage.as_("lan").get(address).status_code == 404, address
