/** A binary heap that gives the item of the largest bound first, of equal ones the first that came. */
export function createNodeQueue<Item>(boundOf: (item: Item) => number) {
  const heap: { item: Item; bound: number; order: number }[] = []
  let order = 0
  const before = (a: number, b: number): boolean => {
    const left = heap[a]!
    const right = heap[b]!
    return left.bound > right.bound || (left.bound === right.bound && left.order < right.order)
  }
  const swap = (a: number, b: number) => {
    const kept = heap[a]!
    heap[a] = heap[b]!
    heap[b] = kept
  }

  return {
    push(item: Item): void {
      heap.push({ item, bound: boundOf(item), order: order++ })
      for (let at = heap.length - 1; at > 0; ) {
        const up = (at - 1) >> 1
        if (!before(at, up)) return
        swap(at, up)
        at = up
      }
    },
    pop(): Item | undefined {
      const top = heap[0]
      const last = heap.pop()
      if (top === undefined || last === undefined) return undefined
      if (heap.length > 0) heap[0] = last
      for (let at = 0; ; ) {
        let best = at
        for (const child of [2 * at + 1, 2 * at + 2])
          if (child < heap.length && before(child, best)) best = child
        if (best === at) return top.item
        swap(at, best)
        at = best
      }
    },
  }
}
