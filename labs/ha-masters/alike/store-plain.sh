# The API server's unit as if its store asked for no certificate, by a drop-in alone; nothing is restarted, nothing opened.
set -e
folder=/run/systemd/system/kube-apiserver.service.d
started=$(systemctl cat kube-apiserver | sed -n '/^ExecStart=/,/[^\\]$/p' | sed 's#--etcd-servers=[^ ]*#--etcd-servers=http://172.16.155.158:2379#')
mkdir -p $folder
printf '[Service]\nExecStart=\n%s\n' "$started" | tee $folder/other-text.conf
systemctl daemon-reload
