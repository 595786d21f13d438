// Command infocus archives weekly political analysis sites and answers for what they said and when.
//
// Each command has a file of its own; what a command does lies in the packages archive and crawler.
package main

import (
	"context"
	"os"
	"os/signal"
	"syscall"
)

func main() {
	os.Exit(mainStatus()) //nolint:forbidigo // this is where the exit code goes
}

func mainStatus() int {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	a := &app{stdin: os.Stdin, stdout: os.Stdout, stderr: os.Stderr, getenv: os.Getenv} //nolint:forbidigo // handed in here
	return a.run(ctx, os.Args[1:])
}
