// The user's own CSV files: what each column becomes, what spreadsheets write, and what is refused with its line.

import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { engineHost, setEngineHost } from "../host.ts";
import { type CsvOptions, datasets } from "../index.ts";
import { utf8Bytes } from "../saving/utf8.ts";

const files = new Map<string, Uint8Array>();
const before = engineHost().files;
beforeAll(() =>
  setEngineHost({
    files: {
      place: (path) => `/notes/${path}`,
      read: (path) => {
        if (path === "folder") throw new Error("EISDIR: illegal operation on a directory, read");
        return files.get(path) ?? null;
      },
      write: () => {},
    },
  }),
);
afterAll(() => setEngineHost({ files: before }));

function read(text: string, options?: CsvOptions) {
  files.set("data/mine.csv", utf8Bytes(text));
  return datasets.csv("data/mine.csv", options);
}
const refusal = (text: string, options?: CsvOptions) => {
  try {
    read(text, options);
  } catch (error) {
    return String(error);
  }
  throw new Error("It was taken.");
};

describe("what the columns become", () => {
  test("numbers are features, and the last column is the target: a number for regression", () => {
    const data = read("area,rooms,price\n50,2,1.5e5\n80.5,3,2e5\n-1,.5,+3\n");
    expect([data.task, data.x.shape, data.y.shape]).toEqual(["regression", [3, 2], [3, 1]]);
    expect([...data.x.data]).toEqual([50, 2, 80.5, 3, -1, 0.5]);
    expect([...data.y.data]).toEqual([150_000, 200_000, 3]);
    expect([data.featureNames, data.classNames, data.name]).toEqual([["area", "rooms"], [], "mine.csv"]);
  });

  test("words are classes in alphabetical order, one-hot for three, 0 and 1 for two", () => {
    const three = read("x,kind\n1,cat\n2,ant\n3,bee\n4,ant");
    expect([three.task, three.classNames, three.labels]).toEqual([
      "classification",
      ["ant", "bee", "cat"],
      [2, 0, 1, 0],
    ]);
    expect([...three.y.data].slice(0, 6)).toEqual([0, 0, 1, 1, 0, 0]);
    const two = read("x,ill\n1,yes\n2,no");
    expect([two.task, two.y.shape, [...two.y.data], two.classNames]).toEqual(["binary", [2, 1], [1, 0], ["no", "yes"]]);
  });

  test("0 and 1 are two classes, other numbers are classes when they are said to be", () => {
    expect(read("x,y\n1,1\n2,0").task).toBe("binary");
    expect(read("x,y\n1,1\n2,0", { task: "regression" }).task).toBe("regression");
    const digits = read("x,digit\n1,10\n2,9\n3,0", { task: "classification" });
    expect([digits.classNames, digits.labels]).toEqual([
      ["0", "9", "10"],
      [2, 1, 0],
    ]);
  });

  test("a column of words is a column of 0 and 1 for each word", () => {
    const data = read("origin,weight,mpg\nUSA,3,18\nJapan,2,30\nUSA,4,15");
    expect(data.featureNames).toEqual(["origin=Japan", "origin=USA", "weight"]);
    expect([...data.x.data]).toEqual([0, 1, 3, 1, 0, 2, 0, 1, 4]);
  });

  test("target and features are chosen by name", () => {
    const data = read("id,y,a,b\nq1,1,2,3\nq2,4,5,6", { target: "y", features: ["b", "a"] });
    expect([data.featureNames, [...data.x.data], [...data.y.data]]).toEqual([
      ["b", "a"],
      [3, 2, 6, 5],
      [1, 4],
    ]);
  });

  test("rows that lack a value are left out when asked, and that is said", () => {
    const data = read("a,b\n1,2\n,3\n4,NA\n5,6", { missing: "leaveOut" });
    expect([...data.x.data]).toEqual([1, 5]);
    expect(data.about().text).toMatch(/missing\s+2 of 4 rows lacked a value: left out\n\s+source\s+data\/mine\.csv/);
    // Only in columns that are used.
    expect(read("id,a,b\n,1,2\n,3,4", { features: ["a"] }).size).toBe(2);
  });

  test("it is prepared and trained on like any other", () => {
    const parts = read("a,b\n1,2\n3,4\n5,6\n7,8\n9,0").split({ validation: 0.4, seed: 1 }).standardize();
    expect([parts.train.size, parts.validation?.size]).toEqual([3, 2]);
  });
});

describe("what spreadsheets write", () => {
  test("a byte order mark, CR LF, quotes with separators, line ends and quotes inside, empty lines", () => {
    const data = read('\ufeff"a, b" ,"say ""hi""",kind\r\n1, "2" ,"x\r\ny"\r\n\r\n3,4,z\r\n');
    expect(data.featureNames).toEqual(["a, b", 'say "hi"']);
    expect([...data.x.data]).toEqual([1, 2, 3, 4]);
    expect(data.classNames).toEqual(["x\r\ny", "z"]);
  });

  test("lines that end in different ways, as files are that several programs wrote", () => {
    expect([...read("a,b\r\n1,2\n3,4\r5,6\n").x.data]).toEqual([1, 3, 5]);
    expect(refusal('a,b\r\n"1\n",2\r3\n')).toContain("got 1 in line 4");
  });

  test("semicolons with decimal commas, tabs, and what else is named", () => {
    expect([...read("a;b\n1,5;-2,25e1\n3;4").x.data]).toEqual([1.5, 3]);
    expect([...read("a;b\n1,5;-2,25e1\n3;4").y.data]).toEqual([-22.5, 4]);
    expect([...read('a\tb\n"1"\t2\n3\t4').x.data]).toEqual([1, 3]);
    expect([...read("a|b\n1|2", { separator: "|" }).x.data]).toEqual([1]);
  });

  test("names in any script, and a first line that holds none", () => {
    expect(read("키,몸무게\n170,60").featureNames).toEqual(["키"]);
    expect(read("1,2,3\n4,5,6", { header: false }).featureNames).toEqual(["column 1", "column 2"]);
  });

  test("a large file, longer than one block of its text", () => {
    const rows = Array.from({ length: 20_000 }, (_, index) => `${index},뜻,${index % 7}`);
    const data = read(`수,말,y\n${rows.join("\n")}`);
    expect([data.size, data.x.data[3 * 2], data.x.data.at(-2)]).toEqual([20_000, 3, 19_999]);
  });
});

describe("what is refused", () => {
  test.each([
    ["a,b\n1,2\n3", "2 values in each line of data/mine.csv, as in the first, got 1 in line 3"],
    ["a,b\n1,2\n3,4,5", "got 3 in line 3"],
    ["a,b\n1,\n3,4\n,6", '"" for b in line 2, and 2 such rows in all. Fill them in'],
    ["a,b\n1,2\n12 cm,3\n4,5", 'numbers in the column a of data/mine.csv, got "12 cm" in line 3'],
    ["a,b\nx,1\ny,2\n3,4", 'words in the column a of data/mine.csv, got "3" in line 4'],
    ["1,2\n3,4", "got numbers: 1, 2. Say { header: false }"],
    ["a,a\n1,2", 'got "a" twice'],
    ["a\n1", 'got only "a"'],
    ["", "got an empty file"],
    ["a,b\n", "expected examples in data/mine.csv, got none"],
    ['a,b\n"1,2', "none for the quote that opens in line 2"],
    ['a,b\n"1"x,2', 'got "x" in line 2'],
    ["a,kind\n1,x\n2,x", "two classes or more in the target kind of data/mine.csv, got 1"],
  ])("%j", (text, words) => expect(refusal(text)).toContain(words));

  test("a column of names, with what to do", () => {
    const rows = Array.from({ length: 60 }, (_, index) => `person ${index},1`);
    expect(refusal(`who,y\n${rows.join("\n")}`)).toContain('60 different words, such as "person 0". Say which columns');
  });

  test("columns and options that are not there", () => {
    expect(refusal("area,price\n1,2", { target: "prise" })).toContain('Unknown column "prise". Did you mean "price"?');
    expect(refusal("area,price\n1,2", { features: ["aria"] })).toContain('Did you mean "area"?');
    expect(refusal("a,b\n1,2", { label: "b" } as CsvOptions)).toContain('Unknown option of datasets.csv "label"');
    expect(refusal("a,b\n1,2", { task: "binry" as "binary" })).toContain('Did you mean "binary"?');
    expect(refusal("a,b\n1,2", { separator: "ab" })).toContain("separator as one character");
    expect(refusal("a,b\n1,2", { missing: "mean" as "leaveOut" })).toContain('missing as "leaveOut"');
    expect(refusal("a,b\n1,x\n2,y", { task: "regression" })).toContain("numbers for regression");
    expect(refusal("a,b\n1,x\n2,y\n3,z", { task: "binary" })).toContain("two classes in the target b");
  });

  test("files that are missing, are none, or hold no UTF-8", () => {
    expect(() => datasets.csv("nothing.csv")).toThrow(
      "got no /notes/nothing.csv. Paths begin at the notebook's folder.",
    );
    expect(() => datasets.csv("folder")).toThrow("folder as a file that can be read, got EISDIR");
    expect(() => datasets.csv("https://example.org/a.csv")).toThrow("Nothing is fetched from the web");
    expect(() => datasets.csv("")).toThrow("the path of a file");
    // "값" as Excel in Korean writes it by default.
    files.set("cp949.csv", new Uint8Array([0xb0, 0xaa, 0x2c, 0x62, 0x0a, 0x31, 0x2c, 0x32]));
    expect(() => datasets.csv("cp949.csv")).toThrow('save it as "CSV UTF-8"');
  });

  test("where there is no file system, a text that was given under its name serves", () => {
    const { files: own, readDataFile } = engineHost();
    setEngineHost({ files: null });
    try {
      expect(() => datasets.csv("given.csv")).toThrow("Say datasets.useFiles");
      datasets.useFiles({ "given.csv": "a,b\n1,2" });
      expect(datasets.csv("given.csv").size).toBe(1);
    } finally {
      setEngineHost({ files: own, readDataFile });
    }
  });
});
