"""Words from which synthetic records are made. No person, no real record: syllables and units only.

The tails of these lists are on purpose longer than what the preset dictionary of the wire format
knows, so that measured sizes are those of names and places that the dictionary never saw.
"""

# ruff: noqa: SIM905 - lists of words are read and changed more easily as words

from __future__ import annotations

SURNAMES = (
    "Nguyễn " * 12 + "Trần " * 5 + "Lê " * 4 + "Phạm " * 3 + "Hoàng Hoàng Vũ Vũ Phan Phan Huỳnh "
    "Huỳnh Võ Võ Đặng Bùi Đỗ Hồ Ngô Dương Lý Đinh Trịnh Đào Mai Lâm Tạ Cao Châu Lương Hà Quách Tô "
    "Thái Vương Triệu Kiều La Nông Hứa Lường Ma Thạch Sơn Đoàn Doãn Khổng Nghiêm Phùng Chu Giáp Lò"
).split()
"""Surnames, the frequent ones repeated as often as they are met."""

MALE_MIDDLE = (
    "Văn Văn Văn Văn Hữu Đức Minh Quang Xuân Ngọc Thanh Gia Bảo Tuấn Quốc Công Đình Trọng Hoàng Anh "
    "Duy Nhật Thế Mạnh Tiến Viết Bá Khắc Nguyên Hải Tấn Phúc Thành Trung"
).split()
FEMALE_MIDDLE = (
    "Thị Thị Thị Thị Thị Ngọc Thanh Thu Kim Minh Hồng Phương Bảo Khánh Thùy Mỹ Diệu Quỳnh Anh Bích "
    "Tuyết Hoài Mai Như Cẩm Tú Hà Gia Thảo Yến Diễm Lan Xuân Huyền"
).split()
GIVEN = (
    "An Anh Bình Châu Chi Cường Dũng Dung Duy Dương Đạt Đức Giang Hà Hải Hạnh Hằng Hân Hiền Hiếu Hoa "
    "Hòa Hoàng Hùng Huy Huyền Hương Khánh Khang Khoa Khôi Kiên Lan Linh Loan Long Lộc Mai Minh My Nam "
    "Nga Ngân Ngọc Nguyên Nhân Nhi Nhung Oanh Phong Phúc Phương Quân Quang Quyên Quỳnh Sơn Tâm Tân Thái "
    "Thành Thảo Thắng Thịnh Thu Thủy Thư Tiên Tiến Toàn Trang Trâm Trí Trinh Trung Trường Tú Tuấn Tùng "
    "Tuyết Uyên Vân Việt Vinh Vũ Vy Yến Ân Bách Bảo Công Cúc Diệp Điền Đan Gấm Hiệp Hoài Hợp Hường Kha "
    "Kiệt Lâm Liên Liễu Lương Mận Mùi Nhật Phát Phượng Quế Sang Sen Tài Thêm Thoa Thuận Thúy Tĩnh Triết "
    "Tường Vương Xuyến Ý"
).split()

PROVINCES = (
    "thành phố Hà Nội|thành phố Hà Nội|thành phố Hà Nội|Thành phố Hồ Chí Minh|Thành phố Hồ Chí Minh|"
    "thành phố Hải Phòng|thành phố Đà Nẵng|thành phố Cần Thơ|thành phố Huế|tỉnh Thanh Hóa|tỉnh Nghệ An|"
    "tỉnh Bắc Ninh|tỉnh Phú Thọ|tỉnh Ninh Bình|tỉnh Hưng Yên|tỉnh Đồng Nai|tỉnh Gia Lai|tỉnh Đắk Lắk|"
    "tỉnh Lâm Đồng|tỉnh Quảng Ngãi|tỉnh Quảng Trị|tỉnh An Giang|tỉnh Cà Mau|tỉnh Vĩnh Long|tỉnh Tây Ninh|"
    "tỉnh Đồng Tháp|tỉnh Khánh Hòa|tỉnh Lào Cai|tỉnh Tuyên Quang|tỉnh Thái Nguyên|tỉnh Lạng Sơn|"
    "tỉnh Cao Bằng|tỉnh Điện Biên|tỉnh Lai Châu|tỉnh Sơn La|tỉnh Quảng Ninh|tỉnh Hà Tĩnh"
).split("|")
WARDS = (
    "phường Hoàn Kiếm|phường Ba Đình|phường Cửa Nam|phường Cầu Giấy|phường Đống Đa|phường Hà Đông|"
    "phường Yên Hoà|phường Tây Hồ|xã Sóc Sơn|xã Đông Anh|xã Thanh Trì|xã Quảng Oai|xã Bình Minh|"
    "phường Kim Liên|phường Long Biên|xã Gia Lâm|phường Bến Thành|phường Tân Định|phường Thủ Đức|"
    "phường An Khánh|phường Ninh Kiều|phường Hải Châu|phường Lê Chân|phường Thuận Hóa|xã Nga Sơn|"
    "xã Quỳnh Lưu|xã Yên Lạc|xã Ea Kar|xã Đắk Đoa|xã Tân Biên|xã Phước Long|xã Mường Lay|xã Bảo Lâm|"
    "phường Việt Trì|xã Xuân Trường|xã Trường Sa|phường Phan Thiết|xã Mộc Châu|đặc khu Phú Quốc|xã U Minh"
).split("|")
OLD_UNITS = (
    "xã Tân Lập, huyện Vũ Thư, tỉnh Thái Bình|phường Tràng Tiền, quận Hoàn Kiếm, thành phố Hà Nội|"
    "xã Nghĩa Hòa, huyện Nghĩa Hưng, tỉnh Nam Định|thị trấn Quốc Oai, huyện Quốc Oai, tỉnh Hà Tây|"
    "xã Hòa Phú, huyện Củ Chi, Thành phố Hồ Chí Minh|phường 7, quận 3, Thành phố Hồ Chí Minh|"
    "xã Liên Châu, huyện Yên Lạc, tỉnh Vĩnh Phúc|phường Hòa Cường Bắc, quận Hải Châu, thành phố Đà Nẵng|"
    "xã Xuân Quang, huyện Chiêm Hóa, tỉnh Tuyên Quang|xã Thạnh Mỹ Tây, huyện Châu Phú, tỉnh An Giang"
).split("|")
HOSPITALS = (
    "Bệnh viện Phụ sản Hà Nội|Bệnh viện Phụ sản Trung ương|Bệnh viện Từ Dũ|Bệnh viện Bạch Mai|"
    "Bệnh viện Đa khoa tỉnh Phú Thọ|Bệnh viện Hùng Vương|Trung tâm Y tế huyện Ba Vì|Trạm Y tế xã Tân Lập|"
    "Bệnh viện Đa khoa khu vực Cam Ranh|Bệnh viện Sản - Nhi Nghệ An|Bệnh viện Quân y 103|"
    "Bệnh viện Phụ sản thành phố Cần Thơ"
).split("|")
STREETS = (
    "Lý Thường Kiệt|Hàng Bài|Nguyễn Trãi|Trần Hưng Đạo|Lê Lợi|Nguyễn Huệ|Phan Chu Trinh|Hai Bà Trưng|"
    "Điện Biên Phủ|Võ Chí Công|Giải Phóng|Xuân Thủy|Cách Mạng Tháng Tám|Hoàng Diệu"
).split("|")
VILLAGES = (
    "thôn Đông|thôn Thượng|xóm 5|ấp Tân Hòa|bản Nà Khoa|tổ dân phố số 7|khối 3|buôn Ako Dhong|thôn Phú Mỹ"
).split("|")
ETHNICITIES = ("Kinh",) * 12 + (
    "Tày",
    "Thái",
    "Mường",
    "Hoa",
    "Khmer",
    "Nùng",
    "Mông",
    "Dao",
    "Ê-đê",
)
POSITIONS = ("Chủ tịch", "Phó Chủ tịch", "Công chức tư pháp - hộ tịch")
