// Pictures on standard input (width, height, RGBA), what jsQR reads on each as JSON on standard output.
const read = require(process.argv[2]);
const jsQR = read.default || read;
const chunks = [];
process.stdin.on("data", (chunk) => chunks.push(chunk));
process.stdin.on("end", () => {
  const all = Buffer.concat(chunks);
  const texts = [];
  for (let at = 0; at < all.length; ) {
    const width = all.readUInt32LE(at);
    const height = all.readUInt32LE(at + 4);
    const end = at + 8 + 4 * width * height;
    const pixels = new Uint8ClampedArray(all.subarray(at + 8, end));
    const found = jsQR(pixels, width, height);
    texts.push(found ? found.data : "");
    at = end;
  }
  process.stdout.write(JSON.stringify(texts));
});
