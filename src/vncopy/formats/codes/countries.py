"""Countries: ISO 3166-1 alpha-2 and numeric codes with the usual Vietnamese name.

The name of the list is what a nationality's code stands for in the QR. A paper that spells it
otherwise ("Hoa Kỳ (Mỹ)") keeps its own text beside the code.
"""

from __future__ import annotations

__all__ = ["COUNTRIES", "STATELESS"]

STATELESS = "XX"
"""A user-assigned code of ISO 3166 for people without nationality (passports write XXA)."""

_TABLE = """
XX 999 Người không quốc tịch
VN 704 Việt Nam
AF 004 Áp-ga-ni-xtan
AL 008 An-ba-ni
DZ 012 An-giê-ri
AD 020 An-đô-ra
AO 024 Ăng-gô-la
AG 028 An-ti-goa và Bác-bu-đa
AR 032 Ác-hen-ti-na
AM 051 Ác-mê-ni-a
AU 036 Ô-xtrây-li-a
AT 040 Áo
AZ 031 A-déc-bai-gian
BS 044 Ba-ha-mát
BH 048 Ba-ranh
BD 050 Băng-la-đét
BB 052 Bác-ba-đốt
BY 112 Bê-la-rút
BE 056 Bỉ
BZ 084 Bê-li-xê
BJ 204 Bê-nanh
BT 064 Bu-tan
BO 068 Bô-li-vi-a
BA 070 Bốt-xni-a Héc-dê-gô-vi-na
BW 072 Bốt-xoa-na
BR 076 Bra-xin
BN 096 Bru-nây
BG 100 Bun-ga-ri
BF 854 Buốc-ki-na Pha-xô
BI 108 Bu-run-đi
CV 132 Cáp Ve
KH 116 Cam-pu-chia
CM 120 Ca-mơ-run
CA 124 Ca-na-đa
CF 140 Trung Phi
TD 148 Sát
CL 152 Chi-lê
CN 156 Trung Quốc
HK 344 Hồng Công (Trung Quốc)
MO 446 Ma Cao (Trung Quốc)
TW 158 Trung Quốc (Đài Loan)
CO 170 Cô-lôm-bi-a
KM 174 Cô-mo
CG 178 Công-gô
CD 180 Cộng hòa dân chủ Công-gô
CR 188 Cốt-xta Ri-ca
CI 384 Cốt Đi-voa
HR 191 Crô-a-ti-a
CU 192 Cu-ba
CY 196 Síp
CZ 203 Séc
DK 208 Đan Mạch
DJ 262 Gi-bu-ti
DM 212 Đô-mi-ni-ca
DO 214 Cộng hòa Đô-mi-ni-ca-na
EC 218 Ê-cu-a-đo
EG 818 Ai Cập
SV 222 En Xan-va-đo
GQ 226 Ghi-nê Xích đạo
ER 232 Ê-ri-tơ-rê-a
EE 233 E-xtô-ni-a
SZ 748 Ê-xoa-ti-ni
ET 231 Ê-ti-ô-pi-a
FJ 242 Phi-gi
FI 246 Phần Lan
FR 250 Pháp
GA 266 Ga-bông
GM 270 Găm-bi-a
GE 268 Gru-di-a
DE 276 Đức
GH 288 Ga-na
GR 300 Hy Lạp
GD 308 Grê-na-đa
GT 320 Goa-tê-ma-la
GN 324 Ghi-nê
GW 624 Ghi-nê Bít-xao
GY 328 Guy-a-na
HT 332 Ha-i-ti
VA 336 Va-ti-căng
HN 340 Ôn-đu-rát
HU 348 Hung-ga-ri
IS 352 Ai-xơ-len
IN 356 Ấn Độ
ID 360 In-đô-nê-xi-a
IR 364 I-ran
IQ 368 I-rắc
IE 372 Ai-len
IL 376 I-xra-en
IT 380 I-ta-li-a
JM 388 Gia-mai-ca
JP 392 Nhật Bản
JO 400 Gioóc-đa-ni
KZ 398 Ca-dắc-xtan
KE 404 Kê-ni-a
KI 296 Ki-ri-ba-ti
KP 408 Triều Tiên
KR 410 Hàn Quốc
KW 414 Cô-oét
KG 417 Cư-rơ-gư-xtan
LA 418 Lào
LV 428 Lát-vi-a
LB 422 Li-băng
LS 426 Lê-xô-thô
LR 430 Li-bê-ri-a
LY 434 Li-bi
LI 438 Lích-ten-xten
LT 440 Lít-va
LU 442 Lúc-xăm-bua
MG 450 Ma-đa-ga-xca
MW 454 Ma-la-uy
MY 458 Ma-lai-xi-a
MV 462 Man-đi-vơ
ML 466 Ma-li
MT 470 Man-ta
MH 584 Mác-san
MR 478 Mô-ri-ta-ni
MU 480 Mô-ri-xơ
MX 484 Mê-hi-cô
FM 583 Mi-crô-nê-xi-a
MD 498 Môn-đô-va
MC 492 Mô-na-cô
MN 496 Mông Cổ
ME 499 Môn-tê-nê-grô
MA 504 Ma-rốc
MZ 508 Mô-dăm-bích
MM 104 Mi-an-ma
NA 516 Na-mi-bi-a
NR 520 Nau-ru
NP 524 Nê-pan
NL 528 Hà Lan
NZ 554 Niu Di-lân
NI 558 Ni-ca-ra-goa
NE 562 Ni-giê
NG 566 Ni-giê-ri-a
MK 807 Bắc Ma-xê-đô-ni-a
NO 578 Na Uy
OM 512 Ô-man
PK 586 Pa-ki-xtan
PW 585 Pa-lau
PS 275 Pa-le-xtin
PA 591 Pa-na-ma
PG 598 Pa-pua Niu Ghi-nê
PY 600 Pa-ra-goay
PE 604 Pê-ru
PH 608 Phi-líp-pin
PL 616 Ba Lan
PT 620 Bồ Đào Nha
QA 634 Ca-ta
RO 642 Ru-ma-ni
RU 643 Liên bang Nga
RW 646 Ru-an-đa
KN 659 Xanh Kít và Nê-vít
LC 662 Xanh Lu-xi-a
VC 670 Xanh Vin-xen và Grê-na-din
WS 882 Xa-moa
SM 674 Xan Ma-ri-nô
ST 678 Xao Tô-mê và Prin-xi-pê
SA 682 A-rập Xê-út
SN 686 Xê-nê-gan
RS 688 Xéc-bi-a
SC 690 Xây-sen
SL 694 Xi-ê-ra Lê-ôn
SG 702 Xinh-ga-po
SK 703 Xlô-va-ki-a
SI 705 Xlô-ven-ni-a
SB 090 Xô-lô-môn
SO 706 Xô-ma-li
ZA 710 Nam Phi
SS 728 Nam Xu-đăng
ES 724 Tây Ban Nha
LK 144 Xri Lan-ca
SD 729 Xu-đăng
SR 740 Xu-ri-nam
SE 752 Thụy Điển
CH 756 Thụy Sĩ
SY 760 Xi-ri
TJ 762 Tát-gi-ki-xtan
TZ 834 Tan-da-ni-a
TH 764 Thái Lan
TL 626 Đông Ti-mo
TG 768 Tô-gô
TO 776 Tông-ga
TT 780 Tri-ni-đát và Tô-ba-gô
TN 788 Tuy-ni-di
TR 792 Thổ Nhĩ Kỳ
TM 795 Tuốc-mê-ni-xtan
TV 798 Tu-va-lu
UG 800 U-gan-đa
UA 804 U-crai-na
AE 784 Các tiểu vương quốc A-rập thống nhất
GB 826 Anh
US 840 Hoa Kỳ
UY 858 U-ru-goay
UZ 860 U-dơ-bê-ki-xtan
VU 548 Va-nu-a-tu
VE 862 Vê-nê-xu-ê-la
YE 887 Y-ê-men
ZM 894 Dăm-bi-a
ZW 716 Dim-ba-bu-ê
"""

COUNTRIES: dict[str, tuple[int, str]] = {
    line[:2]: (int(line[3:6]), line[7:]) for line in _TABLE.strip().splitlines()
}
"""Alpha-2 code → (numeric code, Vietnamese name of the list)."""
