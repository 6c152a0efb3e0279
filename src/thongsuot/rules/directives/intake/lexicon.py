"""The words of Vietnamese administrative prose that the grammar stands on."""

import re

from thongsuot.rules.directives.intake.tokens import Phrases, several

# How a thing is to be done: stands before the verb.
ADVERBS = Phrases(
    "khẩn trương, tiếp tục, chủ động, kịp thời, tập trung, thường xuyên, sớm, trước mắt, tích cực,"
    "nghiêm túc, quyết liệt, trực tiếp, đồng thời, nhanh chóng, quyết tâm, kiên quyết, tuyệt đối,"
    "liên tục, cương quyết, kiên trì, tập trung cao, tập trung cao độ, tập trung tối đa, lập tức,"
    "tập trung nguồn lực, tập trung lực lượng, tập trung mọi nguồn lực, ngay lập tức, ngay,"
    "phấn đấu, nỗ lực, cố gắng, hết sức, đặc biệt, chủ yếu, nhanh, mạnh mẽ, đồng bộ, triệt để,"
    "hằng ngày, hàng ngày, hằng tuần, hàng tuần, hằng tháng, hàng tháng, hằng quý, hàng quý,"
    "hằng năm, hàng năm, định kỳ, cơ bản, bước đầu, từng bước, cùng, chung sức, đồng lòng, đoàn kết,"
    "cũng, thực sự, thật sự, luôn, phải luôn, nhất là, trước hết, cụ thể, rốt ráo, song song,"
    "linh hoạt, sáng tạo, mạnh dạn, gấp rút, cấp bách, cấp tốc, tăng tốc, bứt phá, quyết tâm cao,"
    "đẩy nhanh tiến độ, tự, thống nhất, chặt chẽ, kỹ lưỡng, nghiêm, tốt, có hiệu quả, hiệu quả,"
    "dứt khoát, đúng tiến độ, theo thẩm quyền, theo chức năng nhiệm vụ, căn cứ chức năng nhiệm vụ,"
    "theo chức năng nhiệm vụ được giao, theo chức năng, đồng loạt, hoàn toàn, trước hết là, cùng nhau,"
    "tiếp tục chủ động, bình tĩnh, nêu cao tinh thần trách nhiệm, cùng với, có trách nhiệm, cần thiết"
)
# Signs of duty between a body and its verb.
MODALS = Phrases(
    "phải, cần, cần phải, cần có, có trách nhiệm, chịu trách nhiệm, có nhiệm vụ, buộc phải, nên có, nên tiếp tục, nên tập trung, nên chủ động, nên nghiên cứu, nên xem xét, nên sớm, nên tổ chức, đều phải,"
    "cũng phải, cũng cần, cần tiếp tục, cần sớm, không được, nghiêm cấm, tuyệt đối không, không để"
)
# How often, before the body that does it.
EVERY = Phrases(
    "hằng ngày, hàng ngày, hằng tuần, hàng tuần, hằng tháng, hàng tháng, hằng quý, hàng quý, hằng năm, hàng năm, mỗi ngày, mỗi tuần, mỗi tháng, mỗi quý, mỗi năm, định kỳ"
)
# The verbs of orders.
ORDERS = Phrases(
    "yêu cầu, giao, đề nghị, chỉ đạo, lưu ý, nhấn mạnh, giao nhiệm vụ, giao trách nhiệm, phân công,"
    "nhắc nhở, nhắc, kính đề nghị, trân trọng đề nghị, lưu ý thêm, thống nhất giao, quyết định giao,"
    "đồng ý giao, chỉ đạo yêu cầu, yêu cầu chỉ đạo, gợi ý, mong muốn, mong, đốc thúc,"
    "chấp thuận giao, chỉ rõ, nêu rõ, cho rằng, khẳng định, chỉ thị, đặt ra yêu cầu,"
    "kêu gọi, nhất trí giao, giao chỉ tiêu, đề xuất, kiến nghị, khuyến cáo, thúc giục"
)
# Of these, the ones that only order when a duty is said after them.
SOFT_ORDERS = several(
    "nhấn mạnh,chỉ rõ,nêu rõ,cho rằng,khẳng định,gợi ý,mong muốn,mong,quán triệt,lưu ý thêm,kêu gọi,khuyến cáo"
)
ASKING = frozenset(("đề xuất", "kiến nghị"))  # upward, unless a superior says it
# What a speaker does when he does not order.
SPEECH = Phrases(
    "cho biết, cho hay, báo cáo, cảm ơn, ghi nhận, biểu dương, đánh giá cao, đánh giá, khẳng định, bày tỏ,"
    "chia sẻ, thông tin, phát biểu, trao đổi, nói, nhận định, thừa nhận, giải thích, chúc mừng, hoan nghênh,"
    "cám ơn, tiếp thu, phân tích, thông báo, trình bày, nêu, kể, lý giải, phản ánh, bộc bạch, thống nhất,"
    "đồng tình, tán thành, cho biết thêm, chúc, biểu dương và ghi nhận, thống nhất với, đánh giá"
)
CONNECTIVES = Phrases(
    "đồng thời, cùng với đó, bên cạnh đó, trong đó, đặc biệt, đặc biệt là, ngoài ra, sau đó, riêng, còn, do đó,"
    "theo đó, vì vậy, do vậy, từ đó, qua đó, mặt khác, song song đó, tiếp đó, trên cơ sở đó, tuy nhiên, nhất là,"
    "bên cạnh việc này, trước mắt, cụ thể, cụ thể là, trước hết, đối với, để, cuối cùng, thời gian tới,"
    "trong thời gian tới, vì thế, bởi vậy, theo đó thì, nhân dịp này, và, hơn nữa, song song với đó, cạnh đó,"
    "cùng đó, chính vì vậy, từ thực tế trên, trước tình hình đó, trước tình hình trên, một mặt, mặc dù vậy,"
    "về phần mình, về lâu dài, thêm vào đó, kèm theo đó, ngay sau đó, ngay từ bây giờ, hiện nay, trong khi đó"
)
# Connectives that stay with the clause they open; the others are left outside the quote.
KEPT_CONNECTIVES = several(
    "đồng thời,cùng với đó,bên cạnh đó,đặc biệt,đặc biệt là,ngoài ra,sau đó,riêng,còn,đối với,để,trước mắt,"
    "trước hết,cạnh đó,cùng đó,thời gian tới,trong thời gian tới,mặt khác,song song đó"
)
# What makes an order told with "đã" history.
LONG_AGO = re.compile(
    r"(?<!\w)(?:trước đó|trước đây|trước nay|lâu nay|từng|nhiều lần|năm ngoái|năm trước|tháng trước|tuần trước|hồi|thời gian qua|vừa qua|những năm|các năm|từ năm|từ đầu năm|qua các|liên tục|nhiều văn bản|nhiều chỉ đạo|sau đó|khi đó|tại kỳ|tại thời điểm|luôn)(?!\w)"
)
# An order given by a paper on a day told: the news itself, "đã" or not.
BY_PAPER = re.compile(
    r"(?<!\w)(?:sáng|chiều|tối|ngày|hôm)\s.*(?<!\w)(?:văn bản|công văn|công điện|thông báo|kết luận|chỉ thị|ký)(?!\w)|(?<!\w)(?:văn bản|công văn|công điện|thông báo|kết luận|chỉ thị) (?:số |hỏa tốc|khẩn)"
)
# Words that open a topic or a circumstance which a comma closes.
OPENERS = Phrases(
    "về, đối với, liên quan, liên quan đến, với, trong, để, nhằm, trên cơ sở, căn cứ, trước, sau, tại, khi, từ,"
    "đến, theo, cùng với, ngoài, nếu, trường hợp, quá trình, qua, thông qua, phát biểu, kết luận, chủ trì, do,"
    "vào, ngay, ngay sau khi, chậm nhất, riêng, còn, bên cạnh, thực hiện, tiếp thu, thay mặt, trao đổi, trả lời,"
    "ghi nhận, đánh giá, xét đề nghị, xét, nhận thức, phát huy, nhân dịp, cùng, mặc dù, tuy, dù, chỉ đạo, sáng,"
    "chiều, tối, ngày, mới đây, thừa lệnh, định hướng, nhấn mạnh, kiểm tra, thăm, làm việc, báo cáo, giải đáp, riêng đối với,"
    "tiếp tục chương trình, hưởng ứng, nội dung, xuất phát, phát biểu chỉ đạo, phát biểu kết luận, kết thúc, bảo đảm, cho ý kiến"
)
# The past, the plan and the forecast: what is told with these is no order.
PAST = frozenset(("đã", "từng", "vừa"))
TOLD = frozenset(("đã", "đang", "sẽ", "từng", "vừa", "chưa", "được", "bị", "dự", "là", "có", "vẫn"))

TASKS = Phrases(
    # look into, gather, tell
    "rà soát, soát xét, thống kê, tổng hợp, phân loại, bàn giao, tiếp nhận, báo cáo, đề xuất, tham mưu, trình, gửi,"
    "nộp, nghiên cứu, đánh giá, phân tích, khảo sát, điều tra, theo dõi, nắm tình hình, nắm chắc, nắm bắt, nắm,"
    "cập nhật, công khai, công bố, niêm yết, cung cấp, chia sẻ, kết nối, thông báo, thông tin, tuyên truyền,"
    "phổ biến, quán triệt, vận động, giới thiệu, quảng bá, hướng dẫn, tập huấn, bồi dưỡng, đào tạo, giải trình,"
    "giải đáp, trả lời, phản hồi, tiếp thu, lắng nghe, đối thoại, tiếp công dân, tiếp xúc, ghi nhận, xin ý kiến,"
    "lấy ý kiến, dự báo, dự trù, dự toán, cảnh báo, khuyến cáo, nhận diện, nhận định, kê khai, khai báo, đăng ký,"
    "lập, lập hồ sơ, lập danh sách, lập kế hoạch, ghi, chụp, đo đạc, kiểm đếm, kiểm kê, xác định, xác minh, làm rõ,"
    # finish, issue, build
    "hoàn thành, hoàn thiện, hoàn tất, kết thúc, ban hành, xây dựng, soạn thảo, triển khai, thực hiện, thực thi,"
    "thi hành, tổ chức, tiến hành, thành lập, kiện toàn, củng cố, chấn chỉnh, khởi công, khánh thành, phê duyệt,"
    "thẩm định, thẩm tra, điều chỉnh, bổ sung, sửa đổi, thay thế, bãi bỏ, hủy bỏ, thu hồi, quy hoạch, quy định,"
    "cụ thể hóa, chuẩn bị, sẵn sàng, bố trí, phân bổ, cân đối, sắp xếp, phân công, phân cấp, phân quyền, ủy quyền,"
    "đổi mới, cải cách, cải tạo, cải thiện, chỉnh trang, nâng cấp, nâng cao, đẩy mạnh, đẩy nhanh, tăng cường,"
    "phát huy, phát hiện, phát động, phát triển, mở rộng, nhân rộng, thúc đẩy, khuyến khích, tạo điều kiện, tạo,"
    "huy động, thu hút, kêu gọi, xúc tiến, đầu tư, mua sắm, lắp đặt, trang bị, vận hành, khai thác, sử dụng,"
    "quản lý, kiểm soát, kiểm tra, giám sát, thanh tra, hậu kiểm, kiểm điểm, kiểm nghiệm, giám định, đôn đốc, đốc thúc,"
    "chỉ đạo, lãnh đạo, điều hành, điều phối, điều tiết, chủ trì, phối hợp, liên hệ, liên kết, hợp tác, làm việc, hiệp đồng,"
    # solve, pay, move
    "giải quyết, giải quyết dứt điểm, xử lý, xử phạt, xử nghiêm, xử trí, tháo gỡ, tháo dỡ, khắc phục, gỡ vướng, di dời, di chuyển,"
    "giải phóng, giải phóng mặt bằng, giải tỏa, cưỡng chế, bồi thường, hỗ trợ, tái định cư, chi trả, thanh toán, giải ngân, quyết toán,"
    "nghiệm thu, đấu thầu, đấu giá, lựa chọn, ký, ký kết, cấp, cử, phái, chuyển, chuyển đổi, chuyển giao, điều động,"
    "luân chuyển, bổ nhiệm, tuyển dụng, tinh giản, khen thưởng, kỷ luật, biểu dương, xem xét, quyết định, thống nhất,"
    "rút ngắn, rút kinh nghiệm, tiết kiệm, cắt giảm, giảm, giảm thiểu, tăng, chống, phòng chống, phòng tránh, phòng ngừa, ngăn chặn,"
    "ngăn ngừa, đấu tranh, truy thu, truy quét, truy vết, khởi tố, khoanh vùng, cách ly, xét nghiệm, tiêm, tiêu hủy, dập dịch,"
    "phun, tiêm phòng, tuần tra, trực, trực ban, canh gác, ứng phó, ứng trực, sơ tán, cứu hộ, cứu trợ, sửa chữa, khôi phục,"
    "gia cố, khơi thông, nạo vét, trồng, chăm sóc, chăm lo, thu gom, thu, vệ sinh, dọn, dọn dẹp, cắm mốc, rà, đóng, mở, tạm dừng,"
    "dừng, ngừng, đình chỉ, chấm dứt, xóa, xóa bỏ, xoá bằng được, loại bỏ, hạn chế, tránh, siết chặt, thắt chặt, nghiêm cấm, cấm,"
    # keep, care, mind
    "bảo đảm, đảm bảo, bảo vệ, bảo quản, bảo tồn, bảo trì, bảo dưỡng, duy tu, duy trì, giữ, giữ vững, giữ gìn, giữ nghiêm, ổn định,"
    "quan tâm, chú trọng, chú ý, lưu ý, coi trọng, xem trọng, ưu tiên, bám sát, tuân thủ, chấp hành, nêu cao, đề cao, thể hiện,"
    "gương mẫu, gắn, gắn kết, kết hợp, lồng ghép, tích hợp, đồng bộ hóa, số hóa, lưu trữ, đóng gói, niêm phong, sao lưu, khai trương,"
    "tham gia, hưởng ứng, vào cuộc, đi đầu, tiên phong, tập hợp, hình thành, cơ cấu lại, tái cơ cấu, hợp nhất, sáp nhập, giải thể,"
    "tiếp cận, tiêu thụ, sản xuất, kinh doanh, nuôi, khám, chữa, chữa trị, điều trị, cấp phát, phân phối, dự trữ, bình ổn, lưu thông,"
    "sơ kết, tổng kết, nhân lên, rèn luyện, học tập, tự soi, tự sửa, kê biên, tạm giữ, bắt giữ, triệt phá, quy tụ, đồng hành, sát cánh,"
    "coi, xem, lấy, đưa, làm, làm tốt, dành, có giải pháp, có phương án, có biện pháp, có kế hoạch, có văn bản, có báo cáo, có hướng dẫn, có cơ chế, có chính sách, có hình thức, có các, có ý kiến, có lộ trình, có chế tài, có trách nhiệm, có cáo, tìm, nhìn nhận, thay đổi, khẳng định, tạo lập, tạo ra, thiết lập, thiết kế,"
    "kiểm duyệt, minh bạch, minh bạch hóa, đơn giản hóa, chuẩn hóa, hiện đại hóa, xã hội hóa, cụ thể, chi tiết hóa, phân luồng, phân định,"
    "bắt tay, đưa vào, tổ chức thực hiện, triển khai thực hiện, chủ trì phối hợp, vận dụng, áp dụng, ứng dụng, sắp đặt, quy tập, trùng tu,"
    "đăng, đăng tải, đăng công khai, xin lỗi, tôn tạo, phục hồi, thả, gieo, gieo trồng, cày, thu hoạch, tích trữ, cấp nước, tưới, tiêu, che chắn, neo đậu, kêu gọi tàu thuyền, cắt tỉa,"
    "chặt tỉa, chằng chống, hạ, ngầm hóa, kẻ, vạch, sơn, treo, dán, gắn biển, đặt tên, đánh giá lại, tính toán, xác lập, chốt, ấn định,"
    "tham khảo, học hỏi, trao đổi, họp, giao ban, mời, triệu tập, tạm ứng, ứng, hoàn trả, hoàn ứng, thu nộp, đóng góp, ủng hộ, thăm hỏi,"
    "tặng, trao, tổ chức lại, cấp đổi, đính chính, tách, hòa giải, thụ lý, xét xử, thi đua, phát, phát hành, in, dịch, biên soạn, biên tập,"
    "kiểm định, thí điểm, thử nghiệm, diễn tập, huấn luyện, tuyển chọn, tuyển quân, giao quân, khám tuyển, quản trị, kiểm toán, kiến nghị,"
    "đề nghị, tự kiểm tra, tự rà soát, tạo lập, tái lập, lập lại, thẩm tra, gia hạn, thu xếp, tập kết, vận chuyển, khử khuẩn, giãn cách,"
    "phong tỏa, truyền thông, phủ sóng, phủ kín, bao phủ, tầm soát, sàng lọc, đối chiếu, đối soát, làm sạch, chuẩn xác, xác thực, đồng bộ,"
    "nhập, nhập liệu, cài đặt, kích hoạt, tích cực, khơi dậy, phát triển, cân nhắc, suy nghĩ, tăng tốc, cải tiến, hỗ trợ, chuyển hóa, ngồi lại,"
    "liên thông, xếp loại, bình xét, công nhận, trả, thể chế hóa, quy chuẩn hóa, chống thất thu, khoanh nuôi, giao khoán, hiến, đổi, đồng chủ trì,"
    "đi sâu, xuống, bám, tránh tình trạng, khắc phục ngay, dọn vệ sinh, định hướng, định kỳ báo cáo, rà quét, tiêu độc, khử trùng, chấm, ra quân,"
    "triển khai ngay, trực tiếp chỉ đạo, xử lý nghiêm, phải, tái sản xuất, thống kê lại, thu thập, cam kết, ký cam kết, hạch toán, lập lại trật tự,"
    "đấu nối, bố trí vốn, phân khai, giao vốn, điều hòa, cơ cấu, tăng thu, tiết giảm, chuyển nguồn, kích cầu, giới hạn, khống chế, ổn định lại, nghiêm túc"
)
# Phrases that begin like a verb and are none.
NOUN_STARTS = Phrases(
    "tổ chức đảng, tổ chức chính trị, tổ chức xã hội, tổ chức đoàn thể, các tổ chức, tổ chức cá nhân, tổ chức tín dụng, tổ chức đoàn,"
    "phòng cháy, phòng chuyên môn, xử lý chất thải, thu nhập, thông tin truyền thông, thông tin điện tử, chi trả dịch vụ, thông tin liên lạc,"
    "công khai minh bạch trong, báo cáo của, báo cáo số, báo cáo này, quy định của, quy định này, quy định tại, quy định về, thống nhất của, cấp ủy,"
    "cấp xã, cấp huyện, cấp tỉnh, cấp trên, cấp dưới, cấp có thẩm quyền, cấp thẩm quyền, đóng góp của, quản lý nhà nước là, sản xuất nông nghiệp đạt,"
    "giảm so, tăng so, thu hoạch được, đánh giá của, giám sát của, hướng dẫn của, hướng dẫn số, quyết định số, quyết định của, quyết định này, thông báo số,"
    "đề nghị của, đề xuất của, kiến nghị của, phát triển của, tổ chức bộ máy, dự toán ngân sách, dự báo của, kỷ luật kỷ cương, làm cơ sở, làm căn cứ,"
    "thu ngân sách đạt, kết luận số, chỉ đạo của, yêu cầu của, có hiệu lực, có nguy cơ, có khả năng, có thể, có liên quan, có mặt, có diện tích, có tổng,"
    "có dấu hiệu, có biểu hiện, có điều kiện, có nhu cầu, có tính, tiêu chí, tiêu chuẩn, in đậm, làm sai, có tiến độ, có vi phạm, có vướng mắc, có trường hợp,"
    "thu chi, ổn định chính trị, đầu tư công, đầu tư xây dựng cơ bản, chuyển biến, trả lời của, mở đầu, có ý nghĩa, có vai trò, có vị trí, có sự, giữ vai trò, giữ chức vụ"
)
# A clause that begins so says what happens to the idle, or how it is to be done: it goes with the host.
RIDERS = Phrases(
    "bảo đảm đúng, đảm bảo đúng, bảo đảm theo, đảm bảo theo, đúng quy định, trên tinh thần, không để xảy ra, không để gián đoạn,"
    "nếu để xảy ra, nếu chậm, nếu không, trường hợp không, trường hợp để, trường hợp chậm"
)
PERMITS = Phrases(
    "cho phép, đồng ý, thống nhất chủ trương, thống nhất về chủ trương, chấp thuận, nhất trí, đồng ý chủ trương, cơ bản thống nhất, tán thành"
)
# Before an order word they make a noun of it.
NOUN_BEFORE = several(
    "ý,kiến,phát,biểu,ban,sự,theo,đáp,ứng,tinh,thần,công,tác,định,hướng,trước,với,đúng,được,bị,các,những,nhiều,mọi,từng,vụ,lãnh,đạo,bàn,"
    "tổ,dung,của,và,vào,trên,một,số,có,việc,chuyển,phân,khoán,điểm,khi,cùng,mục,đích,lời,lệnh,nguyên,tắc,nhu,nêu,bản,hội,cấp"
)
