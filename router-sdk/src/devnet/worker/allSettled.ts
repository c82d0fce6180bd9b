/**
 * Waits for all, then throws the first error, if any. Promise.all would return at the first error and leave the other
 * transactions running behind the back of whoever goes on.
 */
export async function allSettled<result>(promises: readonly Promise<result>[]): Promise<result[]> {
  const results = await Promise.allSettled(promises)
  return results.map((result) => {
    if (result.status === 'rejected') throw result.reason
    return result.value
  })
}
