// One candidate that elects by client-go on a Lease in kube-system, and prints what it believes as JSON lines.
package main

import (
	"context"
	"encoding/json"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"sync"
	"syscall"
	"time"

	"golang.org/x/sys/unix"
	"k8s.io/client-go/tools/clientcmd"
	"k8s.io/client-go/tools/leaderelection"
	"k8s.io/client-go/tools/leaderelection/resourcelock"
)

type event struct {
	// CLOCK_MONOTONIC in microseconds: one clock for every process on this machine.
	AtUs int64  `json:"atUs"`
	Is   string `json:"is"`
	// Of `observed`: the leader that was seen.
	Holder *string `json:"holder,omitempty"`
}

var printing sync.Mutex

func say(is string, holder *string) {
	var now unix.Timespec
	if err := unix.ClockGettime(unix.CLOCK_MONOTONIC, &now); err != nil {
		fail(err)
	}
	line, _ := json.Marshal(event{AtUs: now.Nano() / 1000, Is: is, Holder: holder})
	printing.Lock()
	defer printing.Unlock()
	fmt.Println(string(line))
}

func fail(err error) {
	fmt.Fprintln(os.Stderr, err)
	os.Exit(2)
}

func main() {
	kubeconfig := flag.String("kubeconfig", "", "how to reach the API server")
	name := flag.String("name", "", "of the Lease in kube-system")
	identity := flag.String("identity", "", "as the record's holder")
	lease := flag.Duration("lease-duration", 15*time.Second, "")
	deadline := flag.Duration("renew-deadline", 10*time.Second, "")
	retry := flag.Duration("retry-period", 2*time.Second, "")
	contentType := flag.String("kube-api-content-type", "application/vnd.kubernetes.protobuf", "as components ask for by default")
	flag.Parse()

	config, err := clientcmd.BuildConfigFromFlags("", *kubeconfig)
	if err != nil {
		fail(err)
	}
	config.ContentType = *contentType
	// As the components make theirs: the request limit follows from the renew deadline.
	lock, err := resourcelock.NewFromKubeconfig(resourcelock.LeasesResourceLock, "kube-system", *name,
		resourcelock.ResourceLockConfig{Identity: *identity}, config, *deadline)
	if err != nil {
		fail(err)
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGINT)
	defer stop()

	// The test holds the other end: without it nothing here may live on.
	go func() {
		_, _ = io.Copy(io.Discard, os.Stdin)
		os.Exit(1)
	}()

	say("attempting", nil)
	leaderelection.RunOrDie(ctx, leaderelection.LeaderElectionConfig{
		Lock:            lock,
		Name:            *name,
		LeaseDuration:   *lease,
		RenewDeadline:   *deadline,
		RetryPeriod:     *retry,
		ReleaseOnCancel: true,
		Callbacks: leaderelection.LeaderCallbacks{
			OnStartedLeading: func(context.Context) { say("acquired", nil) },
			OnStoppedLeading: func() { say("stopped", nil) },
			OnNewLeader:      func(holder string) { say("observed", &holder) },
		},
	})
	say("exit", nil)
}
