-- Pieces with which workspaces begin: their digests stand one behind the other.
local DIGEST = 32

local function take(shelf, digests)
  for at = 1, #digests, DIGEST do
    local digest = string.sub(digests, at, at + DIGEST - 1)
    redis.call('HINCRBY', shelf .. 'uses', digest, 1)
    redis.call('PERSIST', shelf .. 'piece:' .. digest)
  end
end

-- Those that no workspace has any more are gone after so many seconds.
local function let_go(shelf, digests, seconds)
  for at = 1, #digests, DIGEST do
    local digest = string.sub(digests, at, at + DIGEST - 1)
    if redis.call('HINCRBY', shelf .. 'uses', digest, -1) <= 0 then
      redis.call('HDEL', shelf .. 'uses', digest)
      redis.call('EXPIRE', shelf .. 'piece:' .. digest, seconds)
    end
  end
end

