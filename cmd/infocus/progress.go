package main

import (
	"io"
	"sync"
	"time"

	"github.com/rs/zerolog"
	"github.com/vbauerster/mpb/v8"
	"github.com/vbauerster/mpb/v8/decor"

	"infocus/crawler"
)

// progress shows how far a crawl is: a bar on a terminal, now and then a log line elsewhere.
type progress struct {
	mu     sync.Mutex
	state  crawler.Progress
	start  time.Time
	bars   *mpb.Progress
	bar    *mpb.Bar
	log    zerolog.Logger
	logged time.Time
}

// logEvery is the time between two progress lines where there is no terminal.
const logEvery = 30 * time.Second

func (a *app) newProgress() *progress {
	p := &progress{start: time.Now(), logged: time.Now()}
	if !a.terminal(a.stderr) {
		return p
	}
	p.bars = mpb.New(mpb.WithOutput(a.stderr), mpb.WithWidth(24), mpb.WithRefreshRate(200*time.Millisecond))
	p.bar = p.bars.AddBar(0,
		mpb.PrependDecorators(decor.Any(p.left)),
		mpb.AppendDecorators(decor.Any(p.right)),
		mpb.BarRemoveOnComplete(),
	)
	return p
}

// logger writes above the bar where there is one.
func (p *progress) logger(a *app) zerolog.Logger {
	log := a.logger()
	if p.bars != nil {
		log = log.Output(zerolog.ConsoleWriter{Out: io.Writer(p.bars), NoColor: !a.colour(a.stderr), TimeFormat: time.TimeOnly})
	}
	p.log = log
	return log
}

func (p *progress) update(s crawler.Progress) {
	p.mu.Lock()
	p.state = s
	due := p.bar == nil && time.Since(p.logged) >= logEvery
	if due {
		p.logged = time.Now()
	}
	p.mu.Unlock()
	if p.bar != nil {
		p.bar.SetTotal(int64(s.Pages+s.Waiting), false)
		p.bar.SetCurrent(int64(s.Pages))
	}
	if due {
		p.log.Info().Int("pages", s.Pages).Int("waiting", s.Waiting).Int("new", s.New).Int("changed", s.Changed).
			Int("failed", s.Failed).Str("now", s.Now).Msg("crawling")
	}
}

func (p *progress) stop() {
	if p.bars == nil {
		return
	}
	p.bar.Abort(true)
	p.bars.Wait()
}
