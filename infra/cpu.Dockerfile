# Kiln on CPU. Build from the repository's root: docker build --file infra/cpu.Dockerfile --tag kiln .
FROM node:24-bookworm-slim

RUN apt-get update \
  && apt-get install --yes --no-install-recommends g++ python3 python3-pip ca-certificates \
  && rm -rf /var/lib/apt/lists/*

WORKDIR /kiln
COPY . .

# Packages, TensorFlow and the addon go into the image: a container starts without a network.
RUN npm run setup

CMD ["npm", "start"]
