#!/usr/bin/env bash
# Make pages with programs of others, on a Debian 12 that has them, into the folder given.
# apt-get install ghostscript mupdf-tools libreoffice-writer-nogui texlive-latex-base texlive-luatex \
#     groff python3-cairosvg wkhtmltopdf fonts-dejavu-core
# What Python packages make (reportlab, fpdf2, weasyprint) is made by make.py.
set -euo pipefail
cd "$1"
export HOME=$PWD

cat >page.html <<'HTML'
<html lang="vi"><head><meta charset="utf-8"><title>Hợp đồng 12/2026</title></head>
<body style="font-family: 'DejaVu Sans'"><h1>Hợp đồng 12/2026</h1><p>Số tiền: 100 000 000 đồng</p></body></html>
HTML
cat >page.tex <<'TEX'
\documentclass{article}\begin{document}\pagestyle{empty}Contract of sale 12/2026\end{document}
TEX
cat >page.ps <<'PS'
%!PS
/Helvetica findfont 14 scalefont setfont 72 760 moveto (Contract of sale 12/2026) show showpage
PS
cat >page.ms <<'MS'
.PP
Contract of sale 12/2026
MS
cat >page.svg <<'SVG'
<svg xmlns="http://www.w3.org/2000/svg" width="595" height="842">
<text x="72" y="80" font-family="DejaVu Sans" font-size="14">Contract of sale 12/2026</text></svg>
SVG
cat >page.txt <<'TXT'
%%MediaBox 0 0 595 842
%%Font F1 Helvetica
BT /F1 14 Tf 72 760 Td (Contract of sale 12/2026) Tj ET
TXT

gs -q -dNOPAUSE -dBATCH -sDEVICE=pdfwrite -sOutputFile=ghostscript.pdf page.ps
pdflatex -interaction=batchmode -jobname=pdftex page.tex >/dev/null
lualatex -interaction=batchmode -jobname=luatex page.tex >/dev/null
groff -Tpdf -ms page.ms >groff.pdf
python3 -m cairosvg page.svg -o cairo.pdf
soffice --headless --convert-to pdf --outdir . page.html >/dev/null 2>&1
mv page.pdf libreoffice.pdf
wkhtmltopdf -q page.html qt.pdf 2>/dev/null
mutool create -o mupdf.pdf page.txt
rm -f page.* ./*.aux ./*.log
