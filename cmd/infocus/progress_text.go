package main

import (
	"fmt"
	"time"

	"github.com/vbauerster/mpb/v8/decor"
)

func (p *progress) left(decor.Statistics) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	return fmt.Sprintf("%d of %d+ pages ", p.state.Pages, p.state.Pages+p.state.Waiting)
}

func (p *progress) right(decor.Statistics) string {
	p.mu.Lock()
	defer p.mu.Unlock()
	s := p.state
	elapsed := time.Since(p.start)
	rate := float64(s.Pages) / max(elapsed.Seconds(), 0.001)
	return fmt.Sprintf(" %d new, %d changed, %d failed, %.1f/s, %s left", s.New, s.Changed, s.Failed, rate, timeLeft(s.Waiting, rate))
}

// timeLeft guesses from the addresses that wait; more may be found on the way.
func timeLeft(waiting int, rate float64) string {
	if rate <= 0 {
		return "?"
	}
	d := time.Duration(float64(waiting) / rate * float64(time.Second))
	return d.Round(time.Second).String() + " or more"
}
