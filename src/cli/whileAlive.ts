// Workers do not keep the program from ending, so that they need not be ended one by one; the answer of one must.

/** Keeps the program alive until the answer is there. */
export async function whileAlive<Answer>(answer: Promise<Answer>): Promise<Answer> {
  const timer = setInterval(() => {}, 1000);
  try {
    return await answer;
  } finally {
    clearInterval(timer);
  }
}
