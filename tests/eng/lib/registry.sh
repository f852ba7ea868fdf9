# A registry of one package, toy@1.0.0, behind a fake npm that counts how often it is asked; and a lock file for it.
mkdir -p "$work/registry/package/data"
echo '{ "name": "toy" }' > "$work/registry/package/package.json"
echo 'four legs' > "$work/registry/package/data/chair with space.txt"
tar -czf "$work/registry/toy-1.0.0.tgz" -C "$work/registry" package
fake npm <<END
echo "\$@" >> "$work/asked"
[[ \$1 == pack && \${!#} == toy@1.0.0 ]] || { echo "npm: 404 \$*" >&2; exit 1; }
cp "$work/registry/toy-1.0.0.tgz" . && echo toy-1.0.0.tgz
END
toy_hash=$(node -e "console.log('sha512-'+require('crypto').createHash('sha512').update(require('fs').readFileSync('$work/registry/toy-1.0.0.tgz')).digest('base64'))")
echo "toy 1.0.0 $toy_hash" > "$work/npm.lock"
toy=$ACTORFED_CACHE/npm/node_modules/toy
times_asked() { wc -l < "$work/asked"; }
network_gone() { fake npm <<< "echo 'npm: getaddrinfo EAI_AGAIN' >&2; exit 1"; }
