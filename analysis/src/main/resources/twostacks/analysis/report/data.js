// Opens the data of a report: blocks of zlib, the first of which is a header in JSON that says what the others are.

class Blocks {
  constructor(base64) {
    const text = atob(base64);
    const bytes = new Uint8Array(text.length);
    for (let i = 0; i < text.length; i++) {
      bytes[i] = text.charCodeAt(i);
    }
    const view = new DataView(bytes.buffer);
    const count = view.getUint32(0);
    this.blocks = [];
    let at = 4 + 4 * count;
    for (let i = 0; i < count; i++) {
      const length = view.getUint32(4 + 4 * i);
      this.blocks.push(bytes.subarray(at, at + length));
      at += length;
    }
  }

  async open(number) {
    const stream = new Blob([this.blocks[number]]).stream().pipeThrough(new DecompressionStream('deflate'));
    return new Uint8Array(await new Response(stream).arrayBuffer());
  }

  async json(number) {
    return JSON.parse(new TextDecoder().decode(await this.open(number)));
  }

  /** Numbers that were written as differences of multiples of a quantum. */
  async small(number, quantum) {
    const bytes = await this.open(number);
    const count = bytes.length / 2;
    const values = new Float32Array(count);
    let before = 0;
    for (let i = 0; i < count; i++) {
      before = (before + (bytes[i] | bytes[count + i] << 8)) << 16 >> 16;
      values[i] = before === -32768 ? NaN : before * quantum;
    }
    return values;
  }

  async fine(number) {
    return new Float32Array((await this.open(number)).buffer);
  }
}

/** A table: a column's values by entity and month, with the range over replicates. */
class Cube {
  constructor(blocks, header, months) {
    this.blocks = blocks;
    this.header = header;
    this.months = months;
    this.entities = header.entities;
    this.place = new Map(header.entities.map((e, i) => [e, i]));
    this.columns = new Map();
  }

  async open() {
    const one = (number, column) => number === undefined ? Promise.resolve(null)
      : column.quantum === undefined ? this.blocks.fine(number) : this.blocks.small(number, column.quantum);
    await Promise.all([
      ...this.header.numbers.map(async column => {
        const [mean, low, high] = await Promise.all([column.mean, column.low, column.high].map(n => one(n, column)));
        this.columns.set(column.name, {...column, mean, low, high});
      }),
      ...this.header.labels.map(async column => {
        const [mode, share] = await Promise.all([
          this.blocks.small(column.mode, 1),
          column.share === undefined ? null : this.blocks.small(column.share, 1e-3)]);
        this.columns.set(column.name, {...column, mode, share});
      })]);
    return this;
  }

  has(column) {
    return this.columns.has(column);
  }

  /** An entity's mean of a column in a month. */
  at(column, entity, month) {
    const c = this.columns.get(column);
    const e = this.place.get(entity);
    return c && e !== undefined ? c.mean[e * this.months + month] : NaN;
  }

  /** An entity's text of a column in a month, the most frequent over replicates; undefined if there is none. */
  word(column, entity, month) {
    const c = this.columns.get(column);
    const e = this.place.get(entity);
    return c && e !== undefined ? c.words[c.mode[e * this.months + month]] : undefined;
  }

  /** An entity's path of a column: {mean, low, high}; low and high are null where there is one replicate. */
  path(column, entity) {
    const c = this.columns.get(column);
    const e = this.place.get(entity);
    if (!c || e === undefined) {
      return null;
    }
    const cut = values => values && values.subarray(e * this.months, (e + 1) * this.months);
    return {mean: cut(c.mean), low: cut(c.low), high: cut(c.high)};
  }
}
