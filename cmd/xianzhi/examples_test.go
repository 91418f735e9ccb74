package main

import (
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"go.yaml.in/yaml/v3"
)

func example(t *testing.T, name string) string {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("examples", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(data)
}

// TestExamples: the options in the examples exist, and the README shows what lies there.
func TestExamples(t *testing.T) {
	if code, log := xianzhi(t, "config", "--config", "examples/xianzhi.yaml"); code != 0 || !strings.Contains(log, "max-quarantine: 5%") {
		t.Errorf("exit code %d: %s", code, log)
	}
	commands := regexp.MustCompile(`(?m)xianzhi run ([^>&\n]*)`)
	found := 0
	for _, name := range []string{"crontab", "xianzhi.service", "cronjob.yaml"} {
		for _, command := range commands.FindAllStringSubmatch(example(t, name), -1) {
			found++
			args := strings.Fields(strings.ReplaceAll(command[1], "/etc/", "examples/"))
			if code, log := xianzhi(t, append([]string{"config"}, args...)...); code != 0 {
				t.Errorf("%s: exit code %d: %s", name, code, log)
			}
		}
	}
	if found != 3 {
		t.Errorf("found %d commands in the examples, want 3", found)
	}
	readme, err := os.ReadFile("../../README.md")
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(readme), "```crontab\n"+example(t, "crontab")+"```") {
		t.Error("README.md does not show examples/crontab as it is")
	}
}

func TestSystemdExample(t *testing.T) {
	if _, err := exec.LookPath("systemd-analyze"); err != nil {
		t.Skip("systemd-analyze is not installed")
	}
	dir := t.TempDir()
	for _, name := range []string{"xianzhi.service", "xianzhi.timer"} {
		unit := strings.ReplaceAll(example(t, name), "/usr/local/bin/xianzhi", program) // which has to exist
		if err := os.WriteFile(filepath.Join(dir, name), []byte(unit), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	verify := exec.Command("systemd-analyze", "verify", "--man=no", filepath.Join(dir, "xianzhi.service"), filepath.Join(dir, "xianzhi.timer"))
	if out, err := verify.CombinedOutput(); err != nil || strings.Contains(string(out), "xianzhi.") { // it may have something to say about other units
		t.Errorf("systemd-analyze verify: %v\n%s", err, out)
	}
	if !strings.Contains(example(t, "xianzhi.service"), "\nSuccessExitStatus=3\n") {
		t.Error("a release with inputs in quarantine counts as a failure")
	}
}

// TestCronJobExample runs the example's shell script as Kubernetes would, with every exit code.
func TestCronJobExample(t *testing.T) {
	var job struct {
		Kind string
		Spec struct {
			ConcurrencyPolicy string `yaml:"concurrencyPolicy"`
			JobTemplate       struct {
				Spec struct {
					Template struct {
						Spec struct {
							RestartPolicy string `yaml:"restartPolicy"`
							Containers    []struct{ Command, Args []string }
						}
					}
				}
			} `yaml:"jobTemplate"`
		}
	}
	if err := yaml.Unmarshal([]byte(example(t, "cronjob.yaml")), &job); err != nil {
		t.Fatal(err)
	}
	pod := job.Spec.JobTemplate.Spec.Template.Spec
	if job.Kind != "CronJob" || job.Spec.ConcurrencyPolicy != "Forbid" || pod.RestartPolicy != "Never" || len(pod.Containers) != 1 {
		t.Fatalf("got %+v", job)
	}
	container := pod.Containers[0]
	for code, want := range map[string]int{"0": 0, "3": 0, "1": 1, "4": 4, "5": 5, "137": 137} {
		bin := t.TempDir()
		if err := os.WriteFile(filepath.Join(bin, "xianzhi"), []byte("#!/bin/sh\nexit "+code), 0o755); err != nil {
			t.Fatal(err)
		}
		cmd := exec.Command(container.Command[0], append(container.Command[1:], container.Args...)...)
		cmd.Env = append(os.Environ(), "PATH="+bin+":"+os.Getenv("PATH"))
		if got, log := result(t, cmd); got != want {
			t.Errorf("a run that exits with %s makes the pod exit with %d, want %d: %s", code, got, want, log)
		}
	}
}
