/** A text as a QR code (ISO/IEC 18004): bytes, with the least correction, up to version 10, which holds 271 of them. */

/** Of each version: its codewords, those of correction in a block, and its blocks. Level L. */
const SIZES: readonly (readonly [all: number, correction: number, blocks: number])[] = [
  [26, 7, 1],
  [44, 10, 1],
  [70, 15, 1],
  [100, 20, 1],
  [134, 26, 1],
  [172, 18, 2],
  [196, 20, 2],
  [242, 24, 2],
  [292, 30, 2],
  [346, 18, 4],
];
/** Where the middles of the small squares are, from version 2. */
const ALIGNED: readonly (readonly number[])[] = [
  [],
  [6, 18],
  [6, 22],
  [6, 26],
  [6, 30],
  [6, 34],
  [6, 22, 38],
  [6, 24, 42],
  [6, 26, 46],
  [6, 28, 50],
];
const MASKS: readonly ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(y / 2) + Math.floor(x / 3)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
];

/** Rows of what is dark. Throws RangeError for a text that is too long. `mask` is chosen where none is given. */
export function qr(text: string, mask?: number): boolean[][] {
  const bytes = new TextEncoder().encode(text);
  const version = SIZES.findIndex((size, at) => bytes.length <= room(size, at + 1)) + 1;
  if (version === 0) throw new RangeError("This text is too long for a QR code.");
  const words = interleaved(bytes, version);
  const drawn = (mask === undefined ? [0, 1, 2, 3, 4, 5, 6, 7] : [mask]).map((one) => draw(words, version, one));
  return drawn.reduce((best, one) => (penalty(one) < penalty(best) ? one : best));
}

/** The bytes that there is room for beside the mode and the length. */
function room([all, correction, blocks]: readonly [number, number, number], version: number): number {
  return all - correction * blocks - (version < 10 ? 2 : 3);
}

/** The codewords: blocks of data and their correction, a word of each in turn. */
function interleaved(bytes: Uint8Array, version: number): number[] {
  const [all, correction, blocks] = SIZES[version - 1] ?? [0, 0, 1];
  const data = padded(bytes, version, all - correction * blocks);
  const short = Math.floor(data.length / blocks);
  const longer = data.length % blocks;
  const parts = Array.from({ length: blocks }, (_, at) => {
    const from = at * short + Math.max(0, at - (blocks - longer));
    return data.slice(from, from + short + (at >= blocks - longer ? 1 : 0));
  });
  const corrections = parts.map((part) => remainder(part, correction));
  const inTurn = (columns: readonly (readonly number[])[], length: number): number[] =>
    Array.from({ length }, (_, at) => columns.flatMap((column) => column.slice(at, at + 1))).flat();
  return [...inTurn(parts, short + 1), ...inTurn(corrections, correction)];
}

function padded(bytes: Uint8Array, version: number, length: number): number[] {
  const bits = [[4, 4], [bytes.length, version < 10 ? 8 : 16], ...[...bytes].map((byte) => [byte, 8])]
    .map(([value = 0, size = 0]) => value.toString(2).padStart(size, "0"))
    .join("");
  const ended = bits + "0".repeat(Math.min(4, length * 8 - bits.length));
  const whole = ended.padEnd(Math.ceil(ended.length / 8) * 8, "0").match(/.{8}/g) ?? [];
  return Array.from({ length }, (_, at) =>
    at < whole.length ? parseInt(whole[at] ?? "", 2) : (at - whole.length) % 2 ? 17 : 236,
  );
}

/** The words of Reed and Solomon that correct a block. */
function remainder(block: readonly number[], length: number): number[] {
  const generator = Array.from({ length }).reduce<number[]>(
    (product, _, power) => multiplied(product, [1, exponent(power)]),
    [1],
  );
  const rest = [...block, ...Array.from({ length }, () => 0)];
  block.forEach((_, at) => {
    const factor = rest[at] ?? 0;
    generator.forEach((term, offset) => (rest[at + offset] = (rest[at + offset] ?? 0) ^ times(term, factor)));
  });
  return rest.slice(block.length);
}

function multiplied(one: readonly number[], other: readonly number[]): number[] {
  const product = Array.from({ length: one.length + other.length - 1 }, () => 0);
  one.forEach((a, i) => other.forEach((b, j) => (product[i + j] = (product[i + j] ?? 0) ^ times(a, b))));
  return product;
}

/** 2 to a power, in the field of 256 elements. */
function exponent(power: number): number {
  return power === 0 ? 1 : times(exponent(power - 1), 2);
}

function times(a: number, b: number): number {
  let product = 0;
  for (let bit = 7; bit >= 0; bit--) {
    product = (product << 1) ^ ((product >> 7) * 0x11d);
    product ^= ((b >> bit) & 1) * a;
  }
  return product;
}

function draw(words: readonly number[], version: number, mask: number): boolean[][] {
  const size = version * 4 + 17;
  const grid = Array.from({ length: size }, () => Array<boolean | undefined>(size).fill(undefined));
  const set = (x: number, y: number, dark: boolean): void => {
    const row = grid[y];
    if (row && x >= 0 && x < size) row[x] = dark;
  };
  frame(version, size, set);
  told(version, mask, size, set);
  const bits = words.flatMap((word) => [7, 6, 5, 4, 3, 2, 1, 0].map((bit) => ((word >> bit) & 1) === 1));
  let next = 0;
  for (const [x, y] of path(size)) {
    if (grid[y]?.[x] === undefined) set(x, y, (bits[next++] ?? false) !== MASKS[mask]?.(x, y));
  }
  return grid.map((row) => row.map(Boolean));
}

type Set = (x: number, y: number, dark: boolean) => void;

/** What every code of a version has: three large squares, small ones, and two lines of dots. */
function frame(version: number, size: number, set: Set): void {
  for (let at = 0; at < size; at++) for (const dots of [[at, 6], [6, at]]) set(dots[0] ?? 0, dots[1] ?? 0, at % 2 === 0); // prettier-ignore
  const square = (x: number, y: number, reach: number, light: number): void => {
    for (let dy = -reach; dy <= reach; dy++)
      for (let dx = -reach; dx <= reach; dx++) {
        const ring = Math.max(Math.abs(dx), Math.abs(dy));
        set(x + dx, y + dy, ring !== light && ring !== 4);
      }
  };
  const places = ALIGNED[version - 1] ?? [];
  const last = size - 7;
  for (const x of places)
    for (const y of places) if (!((x === 6 && (y === 6 || y === last)) || (x === last && y === 6))) square(x, y, 2, 1);
  for (const [x, y] of [[3, 3], [size - 4, 3], [3, size - 4]]) square(x ?? 0, y ?? 0, 4, 2); // prettier-ignore
}

/** Which version and mask it is, each told twice. */
function told(version: number, mask: number, size: number, set: Set): void {
  const format = ((8 | mask) << 10) | (divided((8 | mask) << 10, 0x537, 10) & 0x3ff);
  const bits = format ^ 0x5412;
  for (let at = 0; at < 15; at++) {
    const dark = ((bits >> at) & 1) === 1;
    set(8, at < 6 ? at : at < 8 ? at + 1 : size - 15 + at, dark);
    set(at < 8 ? size - 1 - at : at < 9 ? 7 : 14 - at, 8, dark);
  }
  set(8, size - 8, true);
  if (version < 7) return;
  const number = (version << 12) | divided(version << 12, 0x1f25, 12);
  for (let at = 0; at < 18; at++) {
    const dark = ((number >> at) & 1) === 1;
    const [long, short] = [Math.floor(at / 3), size - 11 + (at % 3)];
    set(long, short, dark);
    set(short, long, dark);
  }
}

/** What is left of a division of polynomials over two elements. */
function divided(value: number, by: number, degree: number): number {
  let rest = value;
  for (let bit = 20; bit >= degree; bit--) if ((rest >> bit) & 1) rest ^= by << (bit - degree);
  return rest;
}

/** The way of the data: up and down in columns of two, from the right. */
function path(size: number): [number, number][] {
  const steps: [number, number][] = [];
  for (let right = size - 1, up = true; right > 0; right -= 2, up = !up) {
    if (right === 6) right = 5;
    for (let at = 0; at < size; at++) {
      const y = up ? size - 1 - at : at;
      steps.push([right, y], [right - 1, y]);
    }
  }
  return steps;
}

/** How hard it is to read: long runs, blocks, what looks like a large square, and more of one than of the other. */
function penalty(grid: readonly (readonly boolean[])[]): number {
  const lines = [...grid, ...grid.map((_, x) => grid.map((row) => row[x] ?? false))].map((line) =>
    line.map((dark) => (dark ? "1" : "0")).join(""),
  );
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, { length }) => sum + length - 2, 0);
  const alike = lines.reduce((sum, line) => sum + (line.match(/(?=10111010000|00001011101)/g)?.length ?? 0) * 40, 0);
  let [blocks, dark] = [0, 0];
  grid.forEach((row, y) =>
    row.forEach((one, x) => {
      dark += one ? 1 : 0;
      const others = [row[x + 1], grid[y + 1]?.[x], grid[y + 1]?.[x + 1]];
      blocks += others.every((other) => other === one) ? 3 : 0;
    }),
  );
  const share = Math.floor(Math.abs((dark * 100) / grid.length ** 2 - 50) / 5) * 10;
  return runs + alike + blocks + share;
}
