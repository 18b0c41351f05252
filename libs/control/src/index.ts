/** The gRPC contract between coordinator and workers: client, server and generated messages. */
export {};
