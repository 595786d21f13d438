package prose

import "hash/fnv"

// Dice gives numbers that follow from its seed alone, on every machine and with every version of
// Go (SplitMix64). It is not for use by two goroutines at once.
type Dice struct{ state uint64 }

// NewDice makes dice from a seed and a key; different keys give unrelated rolls.
func NewDice(seed uint64, key string) *Dice {
	h := fnv.New64a()
	_, _ = h.Write([]byte(key)) // a hash never fails
	d := &Dice{state: h.Sum64() ^ (seed+1)*0x9E3779B97F4A7C15}
	d.Next()
	return d
}

// Next gives 64 random bits.
func (d *Dice) Next() uint64 {
	d.state += 0x9E3779B97F4A7C15
	z := d.state
	z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9
	z = (z ^ (z >> 27)) * 0x94D049BB133111EB
	return z ^ (z >> 31)
}

// Roll gives a number from 0 to n-1; 0 where n is less than 2.
func (d *Dice) Roll(n int) int {
	if n < 2 {
		return 0
	}
	return int(d.Next() % uint64(n)) //nolint:gosec // less than n, which is an int
}

// Between gives a number from low to high, both included.
func (d *Dice) Between(low, high int) int { return low + d.Roll(high-low+1) }

// Chance is true in percent of 100 rolls.
func (d *Dice) Chance(percent int) bool { return d.Roll(100) < percent }
