# The unit as it was.
set -e
rm /run/systemd/system/kube-scheduler.service.d/flag-off.conf
rmdir /run/systemd/system/kube-scheduler.service.d
systemctl daemon-reload
