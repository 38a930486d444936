# The unit as it was.
set -e
rm /run/systemd/system/kube-apiserver.service.d/other-text.conf
rmdir /run/systemd/system/kube-apiserver.service.d
systemctl daemon-reload
