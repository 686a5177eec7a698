// @vitest-environment node
import { describe, expect, test } from "vitest";
import { askedBoard, askedColumn, storedBoard, storedColumn } from "./columns";

const SUM = { key: "all", computation: "sum", computation_indexes: [0, 1] };
const RANK = { key: "all", agon: { computation: "mrr", computation_indexes: [0, 1], group: "g" } };

describe("a column", () => {
  test("is asked for with its computation in one place", () => {
    expect(askedColumn(RANK)).toMatchObject({ computation: "mrr", computation_indexes: [0, 1] });
    expect(askedColumn(SUM)).toEqual(SUM);
  });
  test("keeps what nobody has changed where it stands", () => {
    expect(storedColumn({ title: "All" }, RANK)).toEqual({ title: "All" });
  });
  test("that is to be computed by what version 2 lacks has it below agon, with what it is computed from", () => {
    const moved = { computation: null, computation_indexes: null };
    const agon = { computation: "weighted_dense_rank", computation_indexes: [0, 1] };
    expect(storedColumn({ computation: "weighted_dense_rank" }, SUM)).toEqual({ ...moved, agon });
    expect(storedColumn({ key: "new", computation: "mrr", computation_indexes: [2] })).toEqual({
      key: "new",
      agon: { computation: "mrr", computation_indexes: [2] },
    });
  });
  test("that is computed plainly again has nothing left there", () => {
    expect(storedColumn({ computation: "avg", agon: { group: null } }, RANK)).toEqual({
      computation: "avg",
      computation_indexes: [0, 1],
      agon: { group: null, computation: null, computation_indexes: null },
    });
  });
  test("that is computed no more says so where it was", () => {
    expect(storedColumn({ computation: null, computation_indexes: [] }, SUM)).toEqual({
      computation: null,
      computation_indexes: [],
    });
    expect(storedColumn({ computation: null }, RANK).agon).toEqual({ computation: null, computation_indexes: null });
  });
  test("that is computed from others by the same stays where it is", () => {
    expect(storedColumn({ computation_indexes: [1] }, RANK)).toEqual({
      agon: { computation: "mrr", computation_indexes: [1] },
    });
    expect(storedColumn({ computation_indexes: [1] }, SUM)).toEqual({ computation: "sum", computation_indexes: [1] });
  });
});

describe("a board", () => {
  test("of which nothing parts equal scores says so", () => {
    const board = { title: "B", agon: { tie_break_indexes: [] } };
    expect(askedBoard(board)).toEqual({ title: "B", agon: { tie_break_indexes: [-1] } });
    expect(storedBoard({ agon: { tie_break_indexes: [-1] } })).toEqual({ agon: board.agon });
  });
  test("of which nobody says what does has all other columns", () => {
    expect(askedBoard({ agon: {} })).toEqual({ agon: {} });
    expect(storedBoard({ agon: { tie_break_indexes: [], hidden: true } })).toEqual({
      agon: { tie_break_indexes: null, hidden: true },
    });
  });
  test("keeps the order of those that do", () => {
    const body = { title: "B", agon: { tie_break_indexes: [2, 0] } };
    expect([storedBoard(body), askedBoard(body), storedBoard({ title: "B" })]).toEqual([body, body, { title: "B" }]);
  });
});
