"""The grammar of the names of bodies and offices: where such a name begins, and where it ends.

A name is a known head ("Sở", "UBND", "Giám đốc" …) with the words that belong to it. Lists are
parted at heads, never at commas alone: "Sở Tài nguyên và Môi trường, Sở Tài chính".
"""

from dataclasses import dataclass

from thongsuot.rules.directives.intake.lexicon import ADVERBS, MODALS, ORDERS, TASKS
from thongsuot.rules.directives.intake.tokens import Phrases, Words, several

__all__ = ["HEADS", "Name", "is_office", "name_at", "names_at", "rank"]

# Heads with the words that follow them in small letters.
_FIXED = (
    "ủy ban nhân dân, ubnd, hội đồng nhân dân, hđnd, ủy ban mttq, ủy ban mặt trận tổ quốc, ủy ban kiểm tra, ubkt, ubmttq,"
    "ủy ban, hội đồng, mặt trận tổ quốc, mttq, mặt trận, đảng ủy, tỉnh ủy, thành ủy, huyện ủy, quận ủy, thị ủy, ban thường vụ, btv,"
    "ban chấp hành, thường trực, ban cán sự đảng, đảng đoàn, chi ủy, chi bộ, đảng bộ, cấp ủy, tổ chức đảng, đảng ủy viên, ban tổ chức, ban tuyên giáo,"
    "ban dân vận, ban nội chính, ban kinh tế, ban quản lý, bql, ban quản lý dự án, ban chỉ đạo, ban chỉ huy, ban điều hành, ban bồi thường,"
    "ban giải phóng mặt bằng, ban bồi thường giải phóng mặt bằng, ban pháp chế, ban dân tộc, ban quản lý các khu công nghiệp, ban quản lý khu công nghiệp, ban quản lý rừng,"
    "ban quản lý khu kinh tế, ban giám hiệu, ban giám đốc, ban công tác mặt trận, ban xây dựng đảng, ban tiếp công dân, ban an toàn giao thông, ban đại diện, ban,"
    "sở, bộ, cục, tổng cục, chi cục, vụ, viện, học viện, trường, trung tâm, công ty, tổng công ty, tập đoàn, chi nhánh, xí nghiệp, doanh nghiệp, hợp tác xã,"
    "kho bạc, kho bạc nhà nước, ngân hàng, ngân hàng nhà nước, bảo hiểm xã hội, bhxh, cục thuế, chi cục thuế, hải quan, cục hải quan, thuế, công an, cảnh sát, bộ đội biên phòng,"
    "biên phòng, bộ phận, bộ phận một cửa, bộ chỉ huy quân sự, ban chỉ huy quân sự, bộ chỉ huy, bộ tư lệnh, quân khu, quân đội, sư đoàn, lực lượng, lực lượng công an, lực lượng kiểm lâm, kiểm lâm, hạt kiểm lâm, lực lượng chức năng,"
    "quản lý thị trường, đội, đội quản lý, tổ, tổ công tác, tổ giúp việc, đoàn công tác, đoàn kiểm tra, tòa án, tòa án nhân dân, viện kiểm sát, viện kiểm sát nhân dân,"
    "thanh tra, kiểm toán nhà nước, liên đoàn lao động, hội nông dân, hội phụ nữ, hội liên hiệp phụ nữ, hội cựu chiến binh, hội chữ thập đỏ, hội, hiệp hội,"
    "đoàn thanh niên, đoàn tncs, tỉnh đoàn, thành đoàn, huyện đoàn, văn phòng, phòng, báo, đài, đài phát thanh, đài pt-th, đài phát thanh và truyền hình, tạp chí, cổng thông tin điện tử,"
    "thông tấn xã, bệnh viện, trạm y tế, bưu điện, điện lực, viễn thông, cảng vụ, ngành, khối, vp, vpcp, chính phủ, thủ tướng, thủ tướng chính phủ, quốc hội,"
    "bộ chính trị, ban bí thư, trung ương, hđnd, thường trực hđnd, thường trực hội đồng nhân dân, đoàn đại biểu quốc hội, mttq việt nam, đại học, nhà trường, lãnh đạo, tập thể,"
    "kiểm toán, tổng liên đoàn, liên minh hợp tác xã, liên hiệp, quỹ, quỹ đầu tư phát triển, quỹ bảo vệ và phát triển rừng, đảng ủy ubnd, đảng ủy công an, đảng ủy quân sự, nhà thầu, chủ đầu tư, nhà đầu tư, đơn vị tư vấn, tư vấn, xã đội"
)
_GROUPS = (
    "các bộ phận, các cá nhân, cá nhân, đại biểu, các đại biểu, tổ đại biểu, bộ phận chuyên môn, các bộ phận chuyên môn, các sở, các ban, các ngành, các cấp, các cấp ủy, các cơ quan, các đơn vị, các địa phương, các bộ, các huyện, các quận, các xã, các phường, các thị xã, các thành phố, các tỉnh,"
    "các thị trấn, các tổ chức, các đoàn thể, các hội, các phòng, các trường, các doanh nghiệp, các chủ đầu tư, các nhà thầu, các đồng chí, các thành viên, các vụ, các cục, các viện,"
    "các trung tâm, các công ty, các tập đoàn, các tổng công ty, các ngân hàng, các lực lượng, các tổ, các tổ công tác, các đội, các đoàn, các thôn, các khu, các khu phố, các xóm, các bản, các chi bộ,"
    "các đảng bộ, các đảng ủy, các ban đảng, các cơ quan chuyên môn, các cơ quan chức năng, các chủ, các hộ, các ban ngành, các phòng ban, các thủ trưởng, các bí thư, các chủ tịch, các phó, các giám đốc,"
    "các ban quản lý, các cơ sở, các bệnh viện, các tòa, các báo, các cơ quan báo chí, các cơ quan báo, cơ quan báo chí, cơ quan, đơn vị, địa phương, đoàn thể, chính quyền, cấp có thẩm quyền, cấp thẩm quyền, cơ quan có thẩm quyền, cấp trên, chính quyền địa phương, hệ thống, toàn thể cán bộ, từng đồng chí, từng cơ quan, từng đơn vị, từng địa phương, từng cấp, từng ngành, mỗi cơ quan, mỗi đơn vị, mỗi địa phương, tổ chức chính trị, tổ chức đoàn thể, tổ chức chính trị - xã hội, cá nhân,"
    "mọi cơ quan, mọi đơn vị, phòng chuyên môn, cơ quan chức năng, cơ quan chuyên môn, lực lượng vũ trang, các xã phường, các sở ngành, các bộ ngành, sở ngành, bộ ngành, các quận huyện, các khối, các ông,"
    "cán bộ, các nhà mạng, các nhà đầu tư, cán bộ công chức, đảng viên, công chức, các chủ rừng, chủ rừng, chủ hộ, chủ tàu, chủ cơ sở, hộ gia đình, nhân dân, các tầng lớp, các nhà máy, các đồn, các hiệp hội, các chi cục, các chi nhánh, tất cả các, toàn bộ các, mttq các cấp"
)
_OFFICES = (
    "gđ, pgđ, tgđ, chủ tịch ubnd, phó chủ tịch ubnd, bí thư, phó bí thư, tổng bí thư, chủ tịch, phó chủ tịch, chủ tịch nước, bộ trưởng, thứ trưởng, thủ tướng, phó thủ tướng, giám đốc, phó giám đốc, tổng giám đốc, phó tổng giám đốc, trưởng ban,"
    "phó trưởng ban, trưởng phòng, phó trưởng phòng, trưởng công an, chánh văn phòng, phó chánh văn phòng, chánh thanh tra, chánh án, viện trưởng, cục trưởng, vụ trưởng, tổng cục trưởng, chủ nhiệm, phó chủ nhiệm,"
    "thủ trưởng, người đứng đầu, hiệu trưởng, tư lệnh, chỉ huy trưởng, chính ủy, trưởng đoàn, tổ trưởng, phó tổ trưởng, trưởng thôn, thống đốc, tổng thanh tra, tổng kiểm toán, đội trưởng, đồng chí, đ/c, đ/c., ông, bà, thường trực, trưởng, phó, kế toán trưởng, trưởng bộ phận,"
    "phó thủ tướng thường trực, phó chủ tịch thường trực, phó bí thư thường trực, phó thủ tướng chính phủ, quyền bộ trưởng, quyền chủ tịch, cục phó, kế toán"
)
_PLACES = "tỉnh, thành phố, tp, tp., huyện, quận, q., thị xã, tx., xã, phường, p., thị trấn, tt., đặc khu, thôn, ấp, khu phố, xóm, bản, cấp xã, cấp huyện, cấp tỉnh, cấp cơ sở, xã này, phường này, huyện này, sở này, cơ quan này, đơn vị này, địa phương này, trung tâm này, quận này, thành phố này"

HEADS = Phrases(_FIXED, _GROUPS, _OFFICES, _PLACES)
OFFICES = Phrases(_OFFICES)
# Lowercase words that go on with a name that has begun.
_TAIL = Phrases(
    "tỉnh, thành phố, tp, tp., huyện, quận, thị xã, xã, phường, thị trấn, đặc khu, cấp tỉnh, cấp huyện, cấp xã, cấp trên, trung ương, nhà nước, nhân dân, nhân dân tối cao, tối cao,"
    "chính phủ, quân sự, liên quan, có liên quan, liên quan khác, trực thuộc, thuộc, chức năng, chuyên môn, địa phương, khu vực, cơ sở, trên địa bàn, trên địa bàn tỉnh,"
    "trên địa bàn thành phố, trên địa bàn huyện, trong tỉnh, trong toàn tỉnh, toàn tỉnh, toàn thành phố, các cấp, các xã, các phường, các quận, các huyện, phố, quốc phòng, công an,"
    "chuyên trách, kiểm lâm, công an xã, công an phường, này, trên, nêu trên, nói trên, đó, nghiệp vụ, khác, mình, quản lý thị trường, quản lý dự án, phòng hộ, đặc dụng, việt nam,"
    "chính trị, xã hội, xã hội - nghề nghiệp, chính trị - xã hội, kinh tế, văn hóa, nông nghiệp, môi trường, tài chính, nội vụ, tư pháp, giao thông, y tế, giáo dục, công thương, hạ tầng,"
    "tuyên giáo, dân vận, nội chính, biên chế, công chức, viên chức, vận tải, thoát nước, đô thị, nông thôn, ngành, sở, đoàn thể, đơn vị, cơ quan, địa phương liên quan, ủy,"
    "đảng, chấp hành, thường vụ, thường trực, ủy viên, hành chính, hành chính công, phát triển quỹ đất, quỹ đất, giúp việc, truyền thông, thể thao, du lịch, khoa học, công nghệ,"
    "lao động, thương binh, dân tộc, tôn giáo, ngoại vụ, thuế, hải quan, biên phòng, cảnh sát, phòng cháy chữa cháy, chữa cháy, cứu nạn cứu hộ, giao thông đường bộ, môi trường đô thị,"
    "xây lắp, tàu cá, các công trình giao thông, các công trình, lân cận, công lập, ngoài công lập, sự nghiệp, giáo dục nghề nghiệp, tín dụng, thương mại, thành viên, bí thư, chủ tịch, giám đốc, phó, trưởng, văn phòng, dân cư,"
    "dân phố, mới, cũ, mới thành lập, hiện nay, sau sắp xếp, cấp cơ sở, cụm, công nghiệp, khu công nghiệp, khu kinh tế, cụm công nghiệp, quốc gia, vùng, miền núi, ven biển, chủ quản,"
    "tại địa phương, ở cơ sở, ở địa phương, đứng đầu, dự án, các dự án, công trình, nòng cốt, xung kích, an ninh, trật tự, trật tự xã hội, dân quân, tự vệ, quân sự, vũ trang, thú y,"
    "thủy lợi, đê điều, đồng chí, hộ, gia đình, cá nhân, doanh nghiệp, chi nhánh, lực lượng, hợp tác xã, thanh niên, phụ nữ, nông dân, cựu chiến binh,"
    "công nhân, nhà trường, trường học, trung tâm, công ty, liên hiệp, phát thanh, truyền hình, báo chí, phát triển quỹ đất, quản lý dự án,"
    "khám bệnh chữa bệnh, là tổ chức, được giao quản lý, các khu công nghiệp, các dự án, nuôi trồng thủy sản, ngang bộ, thuộc bộ, có rừng, đảng, liên quan đến,"
    "phụ trách địa bàn, chủ rừng, được phân công phụ trách, thi công xây dựng, xăng dầu, vận tải hành khách, lữ hành, trên toàn tỉnh, trên toàn quốc, trong cả nước, cả nước,"
    "phụ trách lĩnh vực, vận tải, kinh doanh vận tải, lái xe, du lịch",
    (
        "thuộc , trực thuộc",
        "trực thuộc , thuộc",
        "có liên quan khác",
        "tham mưu , giúp việc",
        "chính trị - xã hội",
        "chính trị – xã hội",
        "bộ , ngành",
    ),
)
# The fields that bodies are named after: after a head they belong to the name, capital or not.
_FIELD = Phrases(
    "tổ chức, biên chế, tài chính, xây dựng, nông nghiệp, văn thư, lưu trữ, pháp chế, chính quyền, chính quyền địa phương, công chức, viên chức, giao thông, vận tải, y tế, giáo dục, đào tạo, nội vụ, tư pháp, công thương, khoa học, công nghệ, thông tin, truyền thông, văn hóa, thể thao, du lịch, lao động, thương binh, xã hội, dân tộc, tôn giáo,"
    "kế hoạch, đầu tư, tài nguyên, môi trường, nông thôn, phát triển, thanh tra, quân sự, quốc phòng, biên phòng, kiểm tra, giám sát, tuyên giáo, tuyên truyền, dân vận, nội chính, kinh tế, hạ tầng, đô thị, quản lý, dự án, thị trường, thống kê, kho bạc, nhà nước, thủy lợi, chăn nuôi, thú y, trồng trọt, bảo vệ thực vật, thực vật, lâm nghiệp, kiểm lâm,"
    "thủy sản, y học, dự phòng, bệnh tật, kiểm soát, khí tượng, thủy văn, hải quan, bưu điện, viễn thông, điện lực, cấp nước, thoát nước, chi nhánh, văn phòng, công an, cảnh sát, trung tâm, bí thư, chủ tịch, giám đốc, thứ trưởng, bộ trưởng, trưởng ban, trưởng phòng, thường vụ, thường trực, đảng ủy, thành ủy, tỉnh ủy, huyện ủy, quận ủy, nhân dân, quốc hội, trung ương,"
    "chính phủ, chính trị, tổng hợp, kế toán, hành chính, hành chính công, phục vụ, quản trị, ngoại vụ, đối ngoại, hợp tác, quốc tế, an ninh, trật tự, an toàn, giao thông đường bộ, đường bộ, đường sắt, đường thủy, hàng không, hàng hải, đăng kiểm, điều hành, chống ngập, chống ngập nước, nước sạch, vệ sinh, vệ sinh môi trường, khuyến nông, giống, quỹ đất, phát triển quỹ đất, đất đai, đăng ký đất đai, đo đạc, bản đồ,"
    "phòng cháy, chữa cháy, cứu nạn, cứu hộ, tìm kiếm cứu nạn, phòng thủ dân sự, phòng chống thiên tai, thiên tai, chuyển đổi số, cải cách, nghĩa vụ quân sự, bảo trợ xã hội, xã hội hóa, bảo hiểm, việc làm, dịch vụ, dịch vụ công, tư vấn, thương mại, xúc tiến, khu công nghiệp, khu kinh tế, công nghiệp, khu công nghệ cao, cụm công nghiệp, rừng, phòng hộ, đặc dụng, vườn quốc gia, di sản, bảo tồn,"
    "bảo tàng, thư viện, nghệ thuật, điện ảnh, phát thanh, truyền hình, báo chí, xuất bản, thi đua, khen thưởng, chấp hành, công tác, công tác mặt trận, mặt trận, nông dân, phụ nữ, thanh niên, cựu chiến binh, công đoàn, liên hiệp, chữ thập đỏ, người cao tuổi, khuyến học, luật gia, nhà báo, văn học, tín dụng, ngân hàng, đường sắt việt nam, khai thác, thành phố, thị xã, thuế, giá, ngân sách, tài sản, tài sản công, dầu khí, than, xăng dầu,"
    "công nghệ thông tin, thông tin và truyền thông, lưu trữ nhà nước, phát triển nông thôn, tổ chức nhà nước, kiểm soát bệnh tật, khai thác đường sắt, tham mưu, giúp việc, chỉ đạo, chỉ huy, tổ công tác, ủy viên, phổ thông, mầm non, tiểu học, trung học, trung học cơ sở, sư phạm, nghề, cao đẳng, đại học, giải phóng mặt bằng, bồi thường, pháp luật, tội phạm, ma túy, kinh doanh, bất động sản, nhà ở, công trình, công trình giao thông, dân dụng, đầu tư xây dựng, kiến trúc, quy hoạch, kiến trúc quy hoạch, hạ tầng kỹ thuật, kỹ thuật, chiếu sáng, công viên, cây xanh, thi hành án, thi hành án dân sự, hộ tịch, chứng thực, tối cao, dân sự, hình sự, nghiên cứu, phó, ban, quốc gia, an toàn giao thông, đường cao tốc, phát triển đường cao tốc, phát triển hạ tầng"
)
_FIELD_HEADS = several(
    "án,sở,bộ,cục,vụ,viện,phòng,ban,tâm,hội,đội,trạm,quỹ,ty,chi,trường,vp,ngành,khối,tổ,hạt"
)
_OF = frozenset(("của", "thuộc", "tại", "ở", "trong"))
_JOIN = frozenset((",", "và", "cùng", "-", "–", "—", "&", "/"))
_STOP = several(
    "phải,cần,được,bị,đã,đang,sẽ,là,có,không,để,khi,nếu,như,do,vì,từ,theo,trước,sau,đến,trong,với,bằng,hoặc,thì,mà,rằng,cũng,còn,vẫn,nên,nhằm,qua,vừa,chưa,đều,tự,cho,nhưng,cùng,chậm,hạn,rất,luôn,nhất"
)
_ENDS_NAME = Phrases(
    "chủ trì, phối hợp, lãnh đạo, chỉ đạo, tham mưu, căn cứ, trên cơ sở, theo chức năng, theo thẩm quyền, bao gồm, gồm, hoàn thành, tổ chức thực hiện, triển khai, báo cáo, rà soát, xem xét, hướng dẫn, quán triệt, đồng chủ trì, nghiên cứu, khẩn trương, tiếp tục, tập trung, chủ động"
)
_LONGEST = 48


@dataclass(frozen=True, slots=True)
class Name:
    """A body or an office as named: the words from ``first`` up to ``last``."""

    first: int
    last: int
    text: str


_NO_HEADS = Phrases(
    "báo cáo, báo động, phòng chống, phòng cháy, phòng ngừa, phòng tránh, hội nghị, hội thảo, hội đàm, hội chợ, hội viên, bộ máy, vụ việc, vụ án, vụ mùa, vụ đông, vụ đông xuân, vụ tai nạn, vụ hè thu, viện trợ, trường hợp, đội ngũ, ban hành, ban đầu, ngành nghề,"
    "đoàn kết, đoàn viên, bản án, bản đồ, bản sao, bản chính, cục bộ, sở hữu, sở thích, trưởng thành, khối lượng, xã hội, bản thân, tổ quốc, quỹ đất, hội đủ, hội nhập, đài thọ, phòng học, phòng bệnh, phòng trừ, phòng thủ, tổ chức thực hiện, tỉnh táo, bộ tiêu chí, bộ chỉ số, bộ thủ tục, bộ câu hỏi, ngành hàng, cấp bách, trường lớp, bản tin, ban ngày, tổ chức triển khai"
)


def is_office(words: Words, at: int) -> bool:
    """Whether the name that begins here is of an office or a person, not of a body."""
    return OFFICES.at(words, at) > 0


def head_at(words: Words, at: int, stop: int) -> int:
    """How many words of a head begin here; a word in the middle of a capitalised name is none."""
    size = HEADS.at(words, at, stop)
    return 0 if size and _NO_HEADS.at(words, at, stop) else size


def _ends(words: Words, at: int) -> bool:
    """Whether what begins here is a verb, a modal or a manner, so that the name is over."""
    if words.cap[at]:
        return False
    if _TAIL.at(words, at) > 1:
        return False
    if words.low[at] in _STOP or _ENDS_NAME.at(words, at):
        return True
    if _TAIL.at(words, at):
        return False
    return bool(
        ADVERBS.at(words, at) or MODALS.at(words, at) or TASKS.at(words, at) or ORDERS.at(words, at)
    )


def _verb_after_noun(words: Words, at: int, stop: int) -> bool:
    """Whether a word that can also be part of a name ("tổ chức", "xây dựng") is the verb here."""
    size = TASKS.at(words, at, stop)
    if not size or words.cap[at] or at + size >= stop:
        return False
    after = words.low[at + size]
    return after in (
        "các",
        "việc",
        "những",
        "toàn",
        "phương",
        "kế",
        "công",
        "thực",
        "tổng",
        "nội",
        "dự",
        "lại",
        "tốt",
        "nghiêm",
        "ngay",
        "một",
    )


def name_at(words: Words, at: int, stop: int) -> Name | None:
    """The one name that begins here, as far as it goes; None when none begins here."""
    size = head_at(words, at, stop)
    if not size:
        return None
    stop = min(stop, at + _LONGEST)
    here = at + size
    while here < stop:
        step = _step(words, at, here, stop)
        if not step:
            break
        here += step
    while here > at + 1 and words.low[here - 1] in _JOIN:
        here -= 1
    return Name(at, here, words.text(at, here))


def _step(words: Words, first: int, here: int, stop: int) -> int:
    """How many words the name goes on with at ``here``; 0 when it is over."""
    word = words.low[here]
    if word == ":" and _lists_fields(words, here, stop):
        return 1
    if word in _JOIN:
        return _step_join(words, first, here, stop) or _second_half(words, first, here, stop)
    if not word[0].isalnum():
        return 0
    if words.cap[here]:
        return max(1, _FIELD.at(words, here, stop), head_at(words, here, stop))
    return _step_small(words, first, here, stop)


# Second halves of names that many write in small letters: "Sở Tài nguyên và môi trường".
_HALVES = Phrases(
    "môi trường, phát triển nông thôn, đào tạo, đầu tư, công nghệ, truyền thông, thể thao, du lịch, thể thao và du lịch, xã hội, thương binh, kiến trúc, ptnt, môi trường biển,"
    "phát triển, gia đình, trẻ em, chữa cháy, chữa cháy rừng, cứu nạn cứu hộ, cứu hộ cứu nạn, tìm kiếm cứu nạn, cứu nạn, cứu hộ, hội nhập, an toàn, hạ tầng, phục vụ, truyền hình, dân chính, viễn thông, bảo vệ thực vật, chăn nuôi, thủy lợi, kiểm dịch, cây trồng, vật tư"
)


def _second_half(words: Words, first: int, here: int, stop: int) -> int:
    """The same for a comma or "và" before a half of the name in small letters."""
    if words.low[here] not in (",", "và", "-", "–", "&") or here - first < 2:
        return 0
    if words.low[first] not in _FIELD_HEADS and words.low[first] not in _HALVED:
        return 0
    if not (words.cap[here - 1] or words.cap[here - 2]):
        return 0
    size = _HALVES.at(words, here + 1, stop)
    if not size or words.cap[here + 1]:
        return 0
    after = here + 1 + size
    verb = TASKS.at(words, here + 1, stop)
    of_place = after < stop and words.cap[after] and words.low[after] in _NATIONAL
    if "và" in words.low[here + 1 : after]:
        return 1 + size
    if words.low[here] == "," and (verb or not (words.word(after) in ("và", ",", "-") or of_place)):
        return 0  # a comma alone parts names and tasks
    return 0 if verb and _verb_after_noun(words, here + 1, stop) else 1 + size


# After "Bộ" or "Sở" alone these are what it does, not its name: "Bộ chỉ đạo xây dựng …".
_PLAIN_HEADS = several("bộ,sở,cục,vụ")
_VERBAL = Phrases(
    "chỉ đạo, tổ chức, quản lý, kiểm tra, giám sát, phát triển, tuyên truyền, kiểm soát, điều hành, bồi thường, khai thác, nghiên cứu, phục vụ, công tác, tham mưu, hợp tác"
)
_HALVED = several("giám,phó,bộ,thứ,trưởng,tổng,trung,chủ,ban")


def _step_small(words: Words, first: int, here: int, stop: int) -> int:
    """The same for a word in small letters or a number."""
    low, word, nxt = words.low, words.low[here], here + 1
    size = _field(words, first, here, stop)
    if size:
        return size
    if low[here : here + 2] == ["phụ", "trách"] and OFFICES.at(words, first, stop):
        return 2 + _FIELD.at(words, here + 2, stop)
    if word in _OF and nxt < stop and _goes_on(words, nxt, stop):
        return 1
    if word[0].isdigit():
        return _number(words, first, here, stop)
    further = _modifier(words, first, here, stop)
    if further:
        return further
    if _verb_after_noun(words, here, stop) or _ends(words, here):
        return 0
    return _TAIL.at(words, here, stop) or _inner(words, first, here, stop)


def _field(words: Words, first: int, here: int, stop: int) -> int:
    """How many words of the field a body is named after stand here in small letters."""
    low = words.low
    size = _FIELD.at(words, here, stop)
    if not size:
        return 0
    begun = words.cap[first] or words.cap[here - 1]
    if low[here - 1] in _FIELD_HEADS and begun and here - first <= 5:
        verbal = low[here - 1] in _PLAIN_HEADS and _VERBAL.at(words, here, stop)
        return 0 if verbal else size
    near = words.cap[here - 1] or words.cap[here - 2] or low[here - 2 : here] == ["dự", "án"]
    of_place = low[first] in _FIELD_HEADS and near and _field_of_place(words, here, stop)
    return size if of_place else 0


def _number(words: Words, first: int, here: int, stop: int) -> int:
    """How many words a number in a name takes: "Quận 8", "Tổ trưởng 14 tổ dân phố"."""
    nxt = here + 1
    if nxt < stop and words.low[nxt] in _MANY and OFFICES.at(words, first, stop):
        return 1 + head_at(words, nxt, stop)
    return int(words.low[here - 1] in _NUMBERED)


# What further tells a group apart: "các cơ sở đào tạo phải …", "các cơ quan tham mưu tiếp thu …".
_MODIFIERS = Phrases(
    "đào tạo, tham mưu, truyền thông, quản lý, quản lý nhà nước, quản lý đường bộ, đường bộ, thi công, tư vấn, thanh tra, kiểm tra, tố tụng, điều tra, bảo vệ pháp luật, giám sát, thiết kế, vận hành, khai thác, sản xuất, kinh doanh, lân cận, thụ hưởng, sử dụng lao động, dịch vụ, soạn thảo, cung cấp dịch vụ, cung ứng, chế biến, chăn nuôi, nuôi trồng, vận tải, đăng kiểm, xe cơ giới, tổ chức lễ hội, báo đài, ngoài nhà nước, y tế, giáo dục, khám chữa bệnh, khám bệnh, điều trị, cách ly, lưu trú, đầu tư, chủ quản, cấp trên, cấp dưới, thông tấn, báo chí, xuất bản, lưu trữ, trợ giúp xã hội, cai nghiện, bảo trợ xã hội, giết mổ, nêu tại, tôn giáo, phát triển quỹ đất"
)
_GROUPED = Phrases(
    "các cơ quan, các đơn vị, các cơ sở, các tổ chức, các tỉnh, các doanh nghiệp, các địa phương, các trường, các trung tâm, các công ty, các lực lượng, các bộ phận, các cá nhân, cơ quan, đơn vị, cơ sở, trung tâm, lực lượng, các nhà thầu, các hộ, các ban, các cục, các chi cục, doanh nghiệp"
)


def _modifier(words: Words, first: int, here: int, stop: int) -> int:
    """How many words of what tells a group apart stand here, when a verb, a modal or a manner follows them."""
    if words.cap[here] or here - first > 6 or not _GROUPED.at(words, first, stop):
        return 0
    size = _MODIFIERS.at(words, here, stop)
    after = here + size
    if not size:
        return 0
    if after >= stop or words.low[after] in (
        ":",
        "phải",
        "cần",
        "được",
        "này",
        "trên",
        "khác",
        "có",
    ):
        return size
    follows = (
        ADVERBS.at(words, after, stop)
        or MODALS.at(words, after, stop)
        or TASKS.at(words, after, stop)
    )
    return size if follows or _MODIFIERS.at(words, after, stop) else 0


_NATIONAL = several("việt,hà,tp,tp.,đà,hải,cần,bắc,nam,trung,i,ii,iii,iv,v,vi,vii")


def _field_of_place(words: Words, here: int, stop: int) -> bool:
    """Whether a field in small letters stands before a place: "Viện Quy hoạch xây dựng Hà Nội"."""
    after = here + _FIELD.at(words, here, stop)
    return here < after < stop and words.cap[after] and words.low[after] in _NATIONAL


def _goes_on(words: Words, at: int, stop: int) -> bool:
    """Whether a name or a part of one begins here, after "của" or "thuộc"."""
    return words.cap[at] or bool(head_at(words, at, stop) or _TAIL.at(words, at))


_NUMBERED = several("quận,phường,số,vực,tổ,đội,ban,khu,cấp,đoàn,án,cienco,bộ,cục")
_PLURAL = several("bộ,sở,ngành,huyện,xã,phường,tỉnh")


def _lists_fields(words: Words, here: int, stop: int) -> bool:
    """Whether a colon stands inside a name: "Bộ trưởng các Bộ: Quốc phòng, Công an"."""
    before = words.low[here - 1] in _PLURAL and words.low[here - 2] in ("các", "ban")
    before = before or words.low[here - 2 : here] in (
        ["thành", "phố"],
        ["thị", "xã"],
        ["thị", "trấn"],
    )
    return before and here + 1 < stop and words.cap[here + 1]


_HAS_INNER = Phrases(
    _OFFICES,
    "ban atgt, ban an toàn giao thông, sở, hội, đảng bộ, ủy ban mttq, ban quản lý, trung tâm, trường, công ty, chi cục, ủy ban nhân dân, ubnd, đảng ủy, lãnh đạo, công an, ban thường vụ, thường trực, hđnd, mttq, văn phòng, đại diện, tập thể, cấp ủy, tổ công tác, chính quyền, phòng",
)


def _inner(words: Words, first: int, here: int, stop: int) -> int:
    """A group inside a name ("Chủ tịch UBND các xã"), or the last syllable of a name ("Báo Dân trí")."""
    if words.low[here] in ("các", "từng", "mỗi") and _HAS_INNER.at(words, first, stop):
        return head_at(words, here, stop)
    if (
        words.cap[first]
        and words.cap[here - 1]
        and here - 1 > first
        and (here - first <= 3 or words.low[here - 2] in _JOIN)
        and not words.cap[here]
        and words.low[here].isalpha()
        and not head_at(words, here, stop)
    ):
        return (
            1 if not words.text(here - 1, here).isupper() and words.low[first] not in _PLACED else 0
        )
    return 0


_PLACED = several(
    "ubnd,ủy,tỉnh,thành,huyện,quận,xã,phường,thị,đặc,bí,chủ,phó,ông,bà,đồng,tp,tp.,hđnd"
)


def _step_join(words: Words, first: int, here: int, stop: int) -> int:
    """A comma, "và" or dash goes on with the same name when a part of that name follows it."""
    nxt = here + 1
    if nxt >= stop:
        return 0
    if words.low[here] in ("-", "–", "—", "&", "/"):
        return (
            1 + (_FIELD.at(words, nxt, stop) or 1) if words.cap[nxt] or _TAIL.at(words, nxt) else 0
        )
    if words.low[here] == "cùng":
        return 0
    if (
        words.cap[nxt]
        and (not head_at(words, nxt, stop) or ":" in words.low[first:here])
        and words.low[nxt] not in ("chủ", "bí", "ubnd", "giám", "thủ")
    ):
        return 1 + (_FIELD.at(words, nxt, stop) or 1)
    return 0


def names_at(words: Words, at: int, stop: int) -> tuple[tuple[Name, ...], int]:
    """The names that stand side by side from here, and the index after the last of them."""
    found: list[Name] = []
    here = at
    if at < stop and _verb_like(words, at, stop):
        return (), at
    while here < stop:
        one = _counted(words, here, stop) or name_at(words, here, stop)
        if one is None:
            break
        if found and _goes_with(words, one):
            first = found.pop().first
            one = Name(first, one.last, words.text(first, one.last))
        found.append(one)
        here = _bracket(words, one.last, stop)
        after = _joined(words, here, stop)
        if after is None:
            break
        here = after
    last = _bracket(words, found[-1].last, stop) if found else at
    return tuple(found), last


_ALIKE = several("ban,ngành,xã,phường,huyện,quận,thị,thành,đặc,đoàn")


def _goes_with(words: Words, one: Name) -> bool:
    """Whether a name only goes on with the kind before it: "các sở, ban, ngành"."""
    if words.low[one.first] not in _ALIKE:
        return False
    inside = range(one.first, one.last)
    return not any(words.cap[at] and words.low[at] not in ("trung", "ương") for at in inside)


_MANY = several("phường,xã,huyện,quận,tỉnh,sở,địa,đơn,cơ,thị,thành,đồng,tổ,bộ")


def _counted(words: Words, at: int, stop: int) -> Name | None:
    """A counted group ("17 phường, xã"): the number belongs to the name."""
    if (
        not words.low[at].isdigit()
        or at + 1 >= stop
        or words.low[at + 1] not in _MANY
        or len(words.low[at]) > 3
    ):
        return None
    one = name_at(words, at + 1, stop)
    if one is None:
        return None
    here = one.last
    while (
        here + 1 < stop
        and words.low[here] == ","
        and words.low[here + 1] in _MANY
        and not words.cap[here + 1]
    ):
        here += 2
    return Name(at, here, words.text(at, here))


def _bracket(words: Words, at: int, stop: int) -> int:
    """Past a remark in round brackets, if one stands here."""
    if at < stop and words.low[at] == "(":
        for here in range(at + 1, min(stop, at + 40)):
            if words.low[here] == ")":
                return here + 1
    return at


def _joined(words: Words, at: int, stop: int) -> int | None:
    """The index where a further name of the list begins, when one does."""
    here = at
    while here < stop and (
        words.low[here] in (",", ";", "và", "cùng", "với", "hoặc", "&", "/") and here < at + 3
    ):
        here += 1
    if here == at or here >= stop or not head_at(words, here, stop):
        return None
    if not words.cap[here] and _verb_like(words, here, stop):
        return None
    return here


def _verb_like(words: Words, at: int, stop: int) -> bool:
    """Whether a head in small letters is here rather the beginning of a task ("tổ chức …")."""
    if words.low[at : at + 2] == ["lãnh", "đạo"]:
        return words.word(at + 2) in (",", "chỉ", "thực", "triển", "việc", "công", "tốt")
    return words.low[at : at + 2] == ["tổ", "chức"] and not _NOUN_TO_CHUC.at(words, at, stop)


_NOUN_TO_CHUC = Phrases(
    "tổ chức đảng, tổ chức chính trị, tổ chức đoàn thể, tổ chức xã hội, tổ chức liên quan, tổ chức có liên quan, tổ chức hội, tổ chức cá nhân"
)

_RANKS = (
    (6, Phrases("trung ương, chính phủ, quốc hội, thủ tướng, phó thủ tướng, bộ chính trị, ban bí thư, tổng bí thư, chủ tịch nước, cấp có thẩm quyền, cấp thẩm quyền, cơ quan có thẩm quyền, các cơ quan có thẩm quyền")),
    (5, Phrases("bộ, các bộ, bộ trưởng, thứ trưởng, tổng cục, cục, ngân hàng nhà nước, bộ ngành, các bộ ngành")),
    (4, Phrases("tỉnh, thành phố, tp, tp., tỉnh ủy, thành ủy, sở, các sở, giám đốc sở")),
    (3, Phrases("huyện, quận, thị xã, huyện ủy, quận ủy, thị ủy, phòng, các phòng, các huyện, các quận")),
    (2, Phrases("xã, phường, thị trấn, đặc khu, các xã, các phường, đảng ủy xã, đảng ủy phường, cấp xã")),
    (1, Phrases("thôn, ấp, khu phố, tổ dân phố, xóm, bản, các thôn")),
)  # fmt: skip


def rank(words: Words, first: int, last: int) -> int:
    """How high the body named stands, 6 the centre to 1 the hamlet; 0 when the name does not say."""
    for at in range(first, last):
        for height, phrases in _RANKS:
            if phrases.at(words, at, last) and words.low[at - 1 : at + 1] != ["văn", "phòng"]:
                return height
    return 0
