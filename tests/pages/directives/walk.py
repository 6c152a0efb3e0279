"""Who may open which page of documents, duties, boards, plans and sessions."""

from datetime import date
from typing import Any

from thongsuot.apps.directives import actions
from thongsuot.apps.directives.models import Milestone
from thongsuot.foundation.files.store import keep
from thongsuot.rules.kernel.actor import Actor, Hat, Role

TEXT = "Giao UBND phường Hà Đông rà soát trụ sở dôi dư trước ngày 30/6."
DUE = date(2025, 6, 30)


def drafted(stage: Any, **values: Any) -> int:
    """A draft of the office for ward A, whole."""
    s = stage.story
    whole = {
        "task": "Rà soát trụ sở dôi dư",
        "lead": s.ward,
        "person": stage.people["minh"].pk,
        "place_words": "phường Hà Đông",
        "term_day": DUE,
    }
    document = values.pop("document", 0)
    done = actions.draft_duties(
        s.act(s.lan), assigner_id=s.office, document_id=document, drafts=[whole | values]
    )
    return int(done["duties"][0])


def issued(stage: Any, **values: Any) -> int:
    """The same, issued."""
    duty = drafted(stage, **values)
    actions.issue_duties(stage.story.act(stage.story.lan), duty_ids=[duty])
    return duty


def recorded(stage: Any, **values: Any) -> int:
    """A document on the register of the office, sent to ward A."""
    s = stage.story
    whole = {
        "issuer": s.district, "kind": "conclusion", "number": "12-KL (minh họa)", "text": TEXT,
        "issued_on": date(2025, 6, 20), "title": "Kết luận về trụ sở (minh họa)",
    }  # fmt: skip
    done = actions.record_document(
        s.act(s.lan), kept_by=s.office, document=whole | values, recipients=[s.ward]
    )
    return int(done["document"])


def boarded(stage: Any, **values: Any) -> int:
    """A weekly board of the steering committee on which ward A reports: two points, one not stated."""
    s, body = stage.story, stage.bodies["steering"]
    whole = {
        "title": "Ba nội dung trọng tâm (minh họa)",
        "points": ["Bàn giao tài liệu", "", "Đường truyền"],
        "bodies": [s.ward, s.other],
        "every": "weekly",
        "anchor_on": date(2025, 6, 16),
    }
    hat = Hat(0, Role.STEERING, "Vị trí khanh", body, "Ban Chỉ đạo", frozenset({body}))
    actor = Actor(stage.users["khanh"].pk, "Lê Minh Khánh", (hat,), hat)
    done = actions.set_up_board(s.act(actor), owner_id=body, **(whole | values))
    return int(done["board"])


def planned(stage: Any, **values: Any) -> int:
    """A congress plan of the office, counted back from its day."""
    s = stage.story
    whole = {"kind": "congress", "title": "Đại hội (minh họa)", "template": "ward-congress",
             "day": date(2025, 9, 15)}  # fmt: skip
    done = actions.make_plan(s.act(s.lan), owner_id=s.office, plan=whole | values)
    return int(done["plan"])


def met(stage: Any, **values: Any) -> int:
    """A session of the office to which ward A came."""
    s = stage.story
    whole = {"on": date(2025, 6, 23), "title": "Buổi làm việc (minh họa)", "head": "Trưởng đoàn"}
    attendance = [
        {"body": s.ward, "came": True, "heard": "Đã bàn giao"},
        {"body": s.other, "came": False},
    ]
    done = actions.record_meeting(
        s.act(s.lan), host_id=s.office, meeting=whole | values, attendance=attendance
    )
    return int(done["meeting"])


def things(stage: Any) -> dict[str, int]:
    """One of everything: a document with its file, a draft, a duty with evidence, and the rest."""
    s = stage.story
    file = keep(b"%PDF-1.4\n%%EOF\n", "ket-luan.pdf", by=s.lan).pk
    document = recorded(stage, file=file)
    duty = issued(stage, document=document)
    note = keep(b"Da ra soat\n", "ra-soat.txt", by=s.minh).pk
    actions.report_progress(
        s.act(s.minh), duty_id=duty, words="Đã rà soát", percent=50, files=[note]
    )
    meeting, plan = met(stage), planned(stage)
    question = actions.ask_question(
        s.act(s.lan), meeting_id=meeting, asked="Bao giờ xong?", owed_by=s.ward, due_on=DUE
    )["question"]
    return {
        "document": document, "duty": duty, "draft": drafted(stage), "board": boarded(stage),
        "plan": plan, "step": Milestone.objects.filter(plan=plan).first().pk, "meeting": meeting,
        "question": int(str(question)), "duty-line": 3, "first": 1,
    }  # fmt: skip


def rows() -> dict[str, object]:
    """The answers to a plain GET."""
    from tests.pages.test_walk import OWN, POSTED, none, of, told  # noqa: PLC0415  # the walk asks back

    # Who acts for the office or ward A, and who has the city in its area.
    sides = told(404, lan=200, minh=200, khanh=200, hang=200)
    both = told(404, lan=200, minh=200, son=200, khanh=200, hang=200)
    owner = told(404, lan=200, khanh=200, hang=200)
    staff = told(403, lan=200, hoa=200, minh=200, son=200, khanh=200, xa=200)
    heads = told(403, lan=200, minh=200, khanh=200, xa=200)
    return {
        "directives:duties": (none, OWN),
        "directives:make": (none, staff),
        "directives:issue": (none, POSTED),
        "directives:move": (none, heads),
        "directives:import": (none, staff),
        "directives:template": (none, OWN),
        "directives:chase": (none, OWN),
        "directives:exceptions": (none, OWN),
        "directives:calendar": (none, OWN),
        "directives:feed-make": (none, POSTED),
        "directives:feed-revoke": (none, POSTED),
        "directives:feed": (of("khong-co-bi-mat-nay"), dict.fromkeys(told(404), 404)),
        "directives:duty": (of("duty"), sides),
        "directives:change": (of("draft"), told(404, lan=200)),
        "directives:do": (of("duty", "nhan"), POSTED),
        "directives:part-done": (of("duty", "first"), POSTED),
        "directives:evidence": (of("duty", "duty-line", "first"), sides),
        "directives:documents": (none, OWN),
        "directives:document-record": (none, staff),
        "directives:document": (of("document"), sides | {"hoa": 200}),
        "directives:document-change": (
            of("document"),
            told(404, lan=200, minh=403, khanh=403, hang=403, hoa=403),
        ),
        "directives:document-file": (of("document"), sides | {"hoa": 200}),
        "directives:boards": (none, OWN),
        "directives:board-make": (none, staff),
        "directives:board": (of("board"), both | {"lan": 404}),
        "directives:board-say": (
            of("board"),
            told(404, minh=200, son=200, khanh=403, hang=403),
        ),
        "directives:plans": (none, OWN),
        "directives:plan-make": (none, staff),
        "directives:plan": (of("plan"), owner),
        "directives:plan-rewrite": (of("plan"), told(404, lan=200, khanh=403, hang=403)),
        "directives:plan-spread": (of("plan"), told(404, lan=200, khanh=403, hang=403)),
        "directives:step-done": (of("plan", "step"), POSTED),
        "directives:step-undone": (of("plan", "step"), POSTED),
        "directives:meetings": (none, OWN),
        "directives:meeting-record": (none, staff),
        "directives:meeting": (of("meeting"), both),
        "directives:ask": (of("meeting"), POSTED),
        "directives:answer": (of("meeting", "question"), POSTED),
        "directives:conclude": (of("meeting"), POSTED),
    }
