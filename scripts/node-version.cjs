// Ends with a sentence where this Node is too old. It runs before the scripts, as CommonJS in old words: such a
// Node cannot read those, and would say no more than "SyntaxError".
const [major, minor] = process.versions.node.split('.').map(Number);
if (major < 20 || (major === 20 && minor < 19)) {
  console.error(`Tandem CADx needs Node.js 20.19 or newer; this is ${process.versions.node}.`);
  process.exit(1);
}
