// Make a page with pdf-lib:   node page.cjs FILE
"use strict";

const fs = require("fs");
const { PDFDocument } = require("pdf-lib");

async function main() {
  const document = await PDFDocument.create();
  document.addPage([595, 842]).drawText("Contract of sale 12/2026", { x: 72, y: 760, size: 14 });
  fs.writeFileSync(process.argv[2], await document.save());
}

main();
