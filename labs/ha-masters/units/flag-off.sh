# The scheduler's unit with its flag turned off, by a drop-in of the running system alone; nothing is restarted.
set -e
folder=/run/systemd/system/kube-scheduler.service.d
started=$(systemctl cat kube-scheduler | sed -n '/^ExecStart=/,/[^\\]$/p' | sed 's/--leader-elect=true/--leader-elect=false/')
mkdir -p $folder
printf '[Service]\nExecStart=\n%s\n' "$started" | tee $folder/flag-off.conf
systemctl daemon-reload
