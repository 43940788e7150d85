// Reading a record of the tape: word 0 is the routine's number, word 1 how many words the record has, then come its arguments.

/** An address or a whole number. */
export function word(record: usize, index: i32): i32 {
  return load<i32>(record + ((<usize>index) << 2));
}

/** The address of an array. */
export function address(record: usize, index: i32): usize {
  return <usize>load<u32>(record + ((<usize>index) << 2));
}

/** A number with a fraction, as float32. */
export function real(record: usize, index: i32): f32 {
  return load<f32>(record + ((<usize>index) << 2));
}

/** A number with a fraction in double precision: two words. */
export function double(record: usize, index: i32): f64 {
  return load<f64>(record + ((<usize>index) << 2));
}
