#!/usr/bin/env bash
# What someone writes who deploys without Slipway, and knows how: layers come from the registry's cache and go there,
# manifests name what was built by its digest, so that pods stay where nothing has changed.
# HOW: `together` applies all manifests with one kubectl and follows them with another, `each` takes service after service;
# `side-by-side` is `together` with all images built at once. `build` ends with the images.
set -euo pipefail
mkdir -p rendered

build() {
  local service=$1 image="$REGISTRY/shop/$1" digest
  docker buildx build --push --provenance=false --tag "$image:latest" \
    --cache-from "type=registry,ref=$image:cache" \
    --cache-to "type=registry,ref=$image:cache,mode=max,image-manifest=true,oci-mediatypes=true" \
    --metadata-file "$service.built" "$service"
  digest=$(sed -n 's/.*"containerimage.digest": "\(.*\)".*/\1/p' "$service.built")
  sed "s|\"IMAGE\"|\"$image@$digest\"|" "$service/k8s/deployment.yaml" > "rendered/$service.yaml"
}

roll_out() {
  kubectl --namespace "$NAMESPACE" apply --filename "$1"
  kubectl --namespace "$NAMESPACE" rollout status --filename "$1" --timeout 300s
}

building=()
for service in $SERVICES; do
  if [ "$HOW" = side-by-side ]; then
    build "$service" &
    building+=($!)
  else
    build "$service"
  fi
  if [ "$HOW" = each ]; then roll_out "rendered/$service.yaml"; fi
done
for one in "${building[@]}"; do wait "$one"; done
case $HOW in together | side-by-side) roll_out rendered ;; esac
