// Names of layers as Python names: none twice, none that Python or a module of PyTorch has itself.

const taken: readonly string[] = [
  ..."False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield".split(
    " ",
  ),
  ..."self scores activity training forward parameters buffers modules children state_dict train eval type to float double half cpu cuda apply register_buffer dump_patches call_super_init T_destination keras layers inputs outputs model torch nn F math".split(
    " ",
  ),
];

/** One for each name, in their order. */
export function pythonNames(names: readonly string[]): readonly string[] {
  const used = new Set<string>(taken);
  return names.map((name) => {
    const plain = name.replace(/[^A-Za-z0-9_]/g, "_").replace(/^(?=\d)|^_*$/, "layer_");
    let own = plain;
    for (let count = 2; used.has(own); count++) own = `${plain}_${count}`;
    used.add(own);
    return own;
  });
}
