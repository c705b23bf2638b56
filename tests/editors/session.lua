-- A session in Neovim: a mistake is typed and seen, its fix is accepted, and a label is renamed.
--
-- .ci/editors runs it: nvim --headless -u NONE -c "luafile session.lua", with PACKETPRESS and LESSON in the environment.

local function fail(message)
  io.stderr:write(message .. "\n")
  vim.cmd("cquit 1")
end

local function check(condition, message)
  if not condition then
    fail(message)
  end
end

local function lines()
  return table.concat(vim.api.nvim_buf_get_lines(0, 0, -1, false), "\n") .. "\n"
end

local function wait(message, condition)
  check(vim.wait(20000, condition, 20), "timed out waiting for: " .. message)
end

vim.cmd("edit " .. vim.env.LESSON)
local client = vim.lsp.start_client({ name = "packetpress", cmd = { vim.env.PACKETPRESS, "lsp", "--stdio" }, root_dir = vim.env.ROOT })
check(client ~= nil, "the server doesn't start")
vim.lsp.buf_attach_client(0, client)
wait("the server", function()
  local known = vim.lsp.get_client_by_id(client)
  return known and known.initialized
end)
local function ask(method, params)
  local answer = vim.lsp.buf_request_sync(0, method, params, 20000)
  check(answer and answer[client], method .. " isn't answered")
  check(answer[client].err == nil, method .. " failed: " .. vim.inspect(answer[client].err))
  return answer[client].result
end
local document = vim.lsp.util.make_text_document_params()

-- A mistake is typed, and shown.
vim.api.nvim_buf_set_lines(0, 1, 2, false, { "reeding: |" })
wait("the error", function()
  return #vim.diagnostic.get(0) == 1
end)
local shown = vim.diagnostic.get(0)[1]
check(shown.message:find("unknown key `reeding`", 1, true), shown.message)
check(shown.lnum == 1, "the error is on another line")

-- Its fix is accepted.
local range = { start = { line = 1, character = 0 }, ["end"] = { line = 1, character = 0 } }
local actions = ask("textDocument/codeAction", { textDocument = document, range = range, context = { diagnostics = {} } })
check(#actions == 1 and actions[1].title == "Write reading", vim.inspect(actions))
vim.lsp.util.apply_workspace_edit(actions[1].edit, "utf-16")
wait("the error to go", function()
  return #vim.diagnostic.get(0) == 0
end)
check(lines():find("\nreading: |", 1, true), lines())

-- A label is renamed.
local position = { line = 2, character = 16 }
local edit = ask("textDocument/rename", { textDocument = document, position = position, newName = "beginning" })
vim.lsp.util.apply_workspace_edit(edit, "utf-16")
check(lines():find("{#beginning}", 1, true) and lines():find("see: beginning", 1, true), lines())
wait("no error", function()
  return #vim.diagnostic.get(0) == 0
end)

-- Completion and hover.
vim.api.nvim_buf_set_lines(0, -1, -1, false, { "min" })
local offered = ask("textDocument/completion", { textDocument = document, position = { line = vim.api.nvim_buf_line_count(0) - 1, character = 3 } })
check(offered.items[1].label == "minutes", vim.inspect(offered.items[1]))
local hover = ask("textDocument/hover", { textDocument = document, position = { line = 0, character = 1 } })
check(hover.contents.value:find("The title", 1, true), vim.inspect(hover))

print("Neovim: the session passed")
vim.cmd("qall!")
