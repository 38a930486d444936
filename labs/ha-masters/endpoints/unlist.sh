# Takes the endpoints away, over and over for longer than it takes anybody to look at them.
for second in 1 2 3 4 5 6 7 8; do
  kubectl delete endpoints kubernetes
  sleep 1
done
true
