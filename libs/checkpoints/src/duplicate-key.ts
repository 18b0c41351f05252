/** Finds a key given twice in one JSON object: JSON.parse keeps the last one without a word. */

const token = /"(?:[^"\\]|\\.)*"|[{}[\]:,]/gs;

/** The first key that an object of this valid JSON text repeats, or null. */
export function firstDuplicateKey(json: string): string | null {
  // One set of keys for each open object, null for an array.
  const open: (Set<string> | null)[] = [];
  let last = '';
  for (const [text] of json.matchAll(token)) {
    if (text === '{') open.push(new Set());
    else if (text === '[') open.push(null);
    else if (text === '}' || text === ']') open.pop();
    else if (text === ':') {
      const keys = open.at(-1);
      const key = JSON.parse(last) as string;
      if (keys?.has(key)) return key;
      keys?.add(key);
    }
    last = text;
  }
  return null;
}
