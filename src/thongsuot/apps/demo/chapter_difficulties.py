"""Six numbered proposals of the district go up, are passed to who is competent, and are answered; two wards ask the same."""

from datetime import date
from typing import TYPE_CHECKING

from thongsuot.apps.demo.cast import Stage
from thongsuot.apps.demo.stand_in import head_of
from thongsuot.apps.difficulties import actions
from thongsuot.apps.difficulties.models import Difficulty

if TYPE_CHECKING:
    from thongsuot.apps.demo.load import Teller

OCCASION = "buổi làm việc ngày 17/6 với Tổ công tác số 1 (minh họa)"
BASIS = "Phân công nhiệm vụ của UBND thành phố (minh họa)"
# Title, text, field, and the body that is competent: the six matters of the source, in own words.
SIX = (
    ("Giao thêm biên chế cho phường có dân số đông",
     "Phường mới có dân số gấp nhiều lần phường cũ; đề nghị giao thêm từ tám đến mười biên chế mỗi phường (số liệu minh họa).",
     "noi-vu", "hn-snv"),
    ("Cho Đảng ủy phường có vị trí kế toán",
     "Đảng ủy phường là đơn vị dự toán nhưng danh mục vị trí việc làm chưa có kế toán (minh họa).",
     "to-chuc", "hn-tu"),
    ("Bố trí vốn đầu tư công cải tạo trụ sở, bảo đảm an toàn thông tin",
     "Trụ sở dự kiến của các phường cần cải tạo và có phòng đặt thiết bị bảo mật trước ngày vận hành (minh họa).",
     "tai-chinh", "hn-stc"),
    ("Hướng dẫn chế độ cho người lao động nghỉ khi sắp xếp",
     "Người lao động hợp đồng chưa có hướng dẫn về mức hưởng và nơi chi trả sau khi quận kết thúc (minh họa).",
     "noi-vu", "hn-snv"),
    ("Ai làm phúc khảo thi lớp 10 khi Phòng Giáo dục kết thúc từ 1/7",
     "Kỳ phúc khảo diễn ra sau ngày Phòng Giáo dục và Đào tạo kết thúc hoạt động, chưa nơi nào được giao (minh họa).",
     "giao-duc", "hn-sgd"),
    ("Bố trí công tác cho cấp phó Ban Chỉ huy Quân sự cấp xã",
     "Phường mới dôi dư cấp phó Ban Chỉ huy Quân sự so với khung (minh họa).",
     "noi-vu", "hn-snv"),
)  # fmt: skip


def ask_and_answer(teller: "Teller", stage: Stage) -> None:
    """The six proposals, whom each was passed to, and the answers there are by 24 June."""
    teller.on(date(2025, 6, 17), 15)
    chair = head_of(stage.bodies["hd-ubnd"], date(2025, 6, 17))
    made = []
    for number, (title, text, field, _to) in enumerate(SIX, 1):
        done = actions.raise_difficulty(
            teller.act_as(chair), sort="proposal", title=title, text=text, field=field,
            occasion=OCCASION, ordinal=number, demo=True,
        )  # fmt: skip
        made.append(int(str(done["difficulty"])))
    teller.on(date(2025, 6, 18), 9)
    for pk, (_title, _text, _field, to) in zip(made, SIX, strict=True):
        row = Difficulty.objects.get(pk=pk)
        if row.holder_id != stage.bodies[to]:
            actions.pass_on(
                teller.act_as(head_of(row.holder_id, date(2025, 6, 18))), difficulty_id=pk,
                to_id=stage.bodies[to], basis=BASIS,
                text="Nội dung thuộc thẩm quyền của cơ quan này; đề nghị trả lời đúng hạn (minh họa).",
            )  # fmt: skip
    _answers(teller, stage, made)
    _wards(teller, made)


def _answers(teller: "Teller", stage: Stage, made: list[int]) -> None:
    teller.on(date(2025, 6, 20), 10)
    staff = head_of(stage.bodies["hn-snv"], date(2025, 6, 20))
    actions.answer_difficulty(
        teller.act_as(staff), difficulty_id=made[0], answer="partly",
        text="Giao tạm tổng biên chế của quận cho các phường; tăng thêm xét sau sáu tháng (minh họa).",
    )  # fmt: skip
    school = head_of(stage.bodies["hn-sgd"], date(2025, 6, 20))
    answer = "Sở tổ chức chấm phúc khảo; Phòng Giáo dục bàn giao đơn và bài thi cho Sở trước 30/6 (minh họa)."
    actions.answer_difficulty(
        teller.act_as(school), difficulty_id=made[4], answer="accepted", text=answer
    )
    actions.write_situation(
        teller.act_as(school), difficulty_id=made[4],
        title="Việc theo mùa rơi vào sau ngày cơ quan kết thúc: ai làm tiếp?",
        question="Một việc chỉ phát sinh sau ngày cơ quan đang làm kết thúc hoạt động, chưa nơi nào được giao.",
        answer=answer,
    )  # fmt: skip


def _wards(teller: "Teller", made: list[int]) -> None:
    """Two receiving teams: one has the same, the other asks who signs certified copies."""
    teller.on(date(2025, 6, 21), 9)
    actions.join_difficulty(teller.act("minh"), difficulty_id=made[2])
    actions.raise_difficulty(
        teller.act("thao"), sort="difficulty", title="Ai ký chứng thực bản sao trong ngày đầu vận hành",
        text="Phường chưa có phó chủ tịch; công chức tư pháp - hộ tịch có được ký chứng thực bản sao không (minh họa).",
        field="tu-phap", matter="chung-thuc-ban-sao", urgent=True, demo=True,
    )  # fmt: skip
