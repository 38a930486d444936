# The API server's unit with another --allow-privileged than its neighbour's, by a drop-in alone; nothing is restarted.
set -e
folder=/run/systemd/system/kube-apiserver.service.d
started=$(systemctl cat kube-apiserver | sed -n '/^ExecStart=/,/[^\\]$/p' | sed 's/--allow-privileged=false/--allow-privileged=true/')
mkdir -p $folder
printf '[Service]\nExecStart=\n%s\n' "$started" | tee $folder/other-text.conf
systemctl daemon-reload
